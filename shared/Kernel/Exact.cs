using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;

namespace Mes.Kernel;

/// <summary>
/// Values of requests that must mean exactly what was sent: a number that would be rounded, or an instant that each
/// reader would place in a zone of its own, is refused.
/// </summary>
public static class Exact
{
    /// <summary>What a number must be, for people to read.</summary>
    public const string DecimalHint = "a number that is kept exactly: at most 28 digits and 28 decimals";

    /// <summary>What an instant must be, for people to read.</summary>
    public const string InstantHint = "a time with its offset, as 2026-03-01T06:00:00Z";

    const int SurelyExact = 20; // characters without an exponent

    /// <summary>Makes a serializer read decimals and instants by these rules.</summary>
    public static void ReadExactly(this JsonSerializerOptions json)
    {
        json.Converters.Add(new DecimalConverter());
        json.Converters.Add(new InstantConverter());
    }

    /// <summary>Whether the decimal is what the text says, digit by digit.</summary>
    public static bool IsExact(ReadOnlySpan<char> text, decimal value) =>
        (text.Length <= SurelyExact && text.IndexOfAny('e', 'E') < 0)
        || Digits(text).SequenceEqual(Digits(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Whether the text is an instant of ISO 8601 that says its offset from UTC.</summary>
    public static bool HasOffset(ReadOnlySpan<char> text) => text.Length > 16 && text[4] == '-' && text[10] == 'T'
        && (text[^1] == 'Z' || (text[^6] is '+' or '-' && text[^3] == ':'));

    /// <summary>The schema of a value that is read by these rules, which the exporter does not see; else as it is.</summary>
    public static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var declared = context.PropertyInfo?.PropertyType ?? context.TypeInfo.Type;
        var isNullable = Nullable.GetUnderlyingType(declared) is not null;
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        return type == typeof(decimal) ? Kind("number", "decimal", isNullable)
            : type == typeof(DateTimeOffset) ? Kind("string", "date-time", isNullable)
            : type == typeof(byte[]) ? Kind("string", "byte", isNullable)
            : schema;
    }

    static JsonObject Kind(string type, string format, bool isNullable) => new()
    {
        ["type"] = isNullable ? new JsonArray(type, "null") : type, ["format"] = format,
    };

    static string Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('e', 'E');
        var digits = new StringBuilder();
        foreach (var character in end < 0 ? text : text[..end])
            if (char.IsAsciiDigit(character)) digits.Append(character);
        return digits.ToString().Trim('0');
    }

    sealed class DecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value)
            && IsExact(Encoding.ASCII.GetString(reader.ValueSpan), value) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value);
    }

    sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value)
            && HasOffset(reader.GetString()) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
