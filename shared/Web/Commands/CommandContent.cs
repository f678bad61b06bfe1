using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Mes.Web.Commands;

/// <summary>
/// A member of a command that tells of its sending, as the device's clock does: another when the command is sent again,
/// and no part of what is asked.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotContentAttribute : Attribute;

/// <summary>What a command asks, in the form that decides whether a repeat is the same command.</summary>
sealed class CommandContent(IOptions<JsonOptions> json)
{
    readonly JsonSerializerOptions _options = new(json.Value.SerializerOptions)
    {
        TypeInfoResolver = json.Value.SerializerOptions.TypeInfoResolver?.WithAddedModifier(LeaveOut),
    };

    public byte[] Of(object? request) => JsonSerializer.SerializeToUtf8Bytes(request, _options);

    // As if it had not been sent: the content of commands that were logged without it stays what it was
    static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            if (member.AttributeProvider?.IsDefined(typeof(NotContentAttribute), inherit: false) == true)
                member.Get = _ => null;
    }
}
