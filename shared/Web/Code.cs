using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mes.Kernel;

namespace Mes.Web;

/// <summary>A code in an address, in the path or behind the question mark: checked and in normal form once it is bound.</summary>
/// <param name="Value">The code in normal form.</param>
[JsonConverter(typeof(AsText))]
public sealed record Code(string Value)
{
    /// <summary>Binds a part of an address.</summary>
    /// <exception cref="RuleViolation">Code <c>invalid-code</c>: the rule's own hint says more than a failed binding.</exception>
    public static bool TryParse(string? text, out Code code)
    {
        code = Of(text);
        return true;
    }

    /// <summary>The code that a text is.</summary>
    /// <exception cref="RuleViolation">Code <c>invalid-code</c>.</exception>
    public static Code Of(string? text) => Codes.TryNormalize(text, out var normal) ? new Code(normal) : throw Refused(text);

    /// <summary>The refusal of a text that is no code.</summary>
    public static RuleViolation Refused(string? text) =>
        RuleViolation.Malformed("invalid-code", Codes.Hint, ("value", text));

    /// <summary>The code as text; none where there is none, as queries evaluate their parameters before they ask.</summary>
    [return: NotNullIfNotNull(nameof(code))]
    public static implicit operator string?(Code? code) => code?.Value;

    /// <inheritdoc/>
    public override string ToString() => Value;

    sealed class AsText : JsonConverter<Code>
    {
        public override Code Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Of(reader.GetString());

        public override void Write(Utf8JsonWriter writer, Code code, JsonSerializerOptions options) =>
            writer.WriteStringValue(code.Value);
    }
}
