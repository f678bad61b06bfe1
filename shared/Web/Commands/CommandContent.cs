using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Mes.Web.Commands;

/// <summary>
/// A member of a command that tells of its sending, as the device's clock does: another when the command is sent again,
/// and no part of what is asked.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotContentAttribute : Attribute;

/// <summary>
/// A text of a command that is a secret, such as a PIN. It is content, but its plain hash, which the log would keep, could be
/// guessed: it goes in under a key of the deployment. No refusal shows it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretContentAttribute : Attribute
{
    /// <summary>Whether a member of a command, by its path such as <c>Badge.Pin</c>, is one.</summary>
    internal static bool Hides(Type type, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (type.GetProperty(name.Split('[')[0]) is not { } member) return false;
            if (member.IsDefined(typeof(SecretContentAttribute), inherit: false)) return true;
            type = member.PropertyType.IsArray ? member.PropertyType.GetElementType()!
                : member.PropertyType.IsGenericType ? member.PropertyType.GetGenericArguments()[0] : member.PropertyType;
        }
        return false;
    }
}

/// <summary>What a command asks, in the form that decides whether a repeat is the same command.</summary>
sealed class CommandContent
{
    const string Purpose = "mes command content";
    readonly JsonSerializerOptions[] _byKey;

    public CommandContent(IOptions<JsonOptions> json, TicketKeys keys) =>
        _byKey = [.. keys.DerivedFor(Purpose).Select(key => new JsonSerializerOptions(json.Value.SerializerOptions)
        {
            TypeInfoResolver = json.Value.SerializerOptions.TypeInfoResolver?
                .WithAddedModifier(LeaveOut).WithAddedModifier(Shorten).WithAddedModifier(type => Cover(type, key)),
        })];

    /// <summary>
    /// How many forms there are, one for each key of the deployment: the first is the one to keep, but what was kept before
    /// the key was changed is known by another.
    /// </summary>
    public int Forms => _byKey.Length;

    public byte[] Of(object? request, int form) => JsonSerializer.SerializeToUtf8Bytes(request, _byKey[form]);

    // As if it had not been sent: the content of commands that were logged without it stays what it was
    static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            if (member.AttributeProvider?.IsDefined(typeof(NotContentAttribute), inherit: false) == true)
                member.Get = _ => null;
    }

    // A file is told by its hash, and not written out once more for each key
    static void Shorten(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(member => member.PropertyType == typeof(byte[])))
        {
            var whole = member.Get!;
            member.Get = body => whole(body) is byte[] bytes ? SHA256.HashData(bytes) : null;
        }
    }

    static void Cover(JsonTypeInfo type, byte[] key)
    {
        foreach (var member in type.Properties.Where(member =>
            member.AttributeProvider?.IsDefined(typeof(SecretContentAttribute), inherit: false) == true))
        {
            var open = member.Get!;
            member.Get = body => open(body) is string text
                ? Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))
                : null;
        }
    }
}
