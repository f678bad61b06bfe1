using System.Globalization;
using System.Text.Json;

namespace Mes.Kernel;

/// <summary>What is wrong at one place of a JSON text.</summary>
/// <param name="Path">The place, as in <c>$.steps[0].code</c>.</param>
/// <param name="Value">What stands there, as JSON, cut where it is long; null where nothing does.</param>
/// <param name="Fault">What is wrong, following the path in a sentence.</param>
/// <param name="Hint">What to do.</param>
public sealed record JsonFault(string Path, string? Value, string Fault, string Hint)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} {Fault}. {Hint}";
}

/// <summary>Compares a JSON text with a schema of the kind that the serializer exports for a type, and says what is
/// wrong: where, what stands there, and what belongs there.</summary>
public sealed class JsonCheck
{
    /// <summary>What is shown instead of a secret.</summary>
    public const string Hidden = "***";

    const int FaultsMax = 10;
    const int ShownMax = 60;
    readonly JsonElement _schema;
    readonly StringComparer _names;
    readonly List<JsonFault> _faults = [];

    JsonCheck(JsonElement schema, StringComparer names) => (_schema, _names) = (schema, names);

    bool IsRoom => _faults.Count < FaultsMax;

    /// <summary>The first faults of a text, none if it is as the schema says.</summary>
    /// <param name="json">The text.</param>
    /// <param name="schema">The schema; of its keywords type, enum, format, minimum, maximum, minItems, items, properties,
    /// required, additionalProperties, $ref and writeOnly (it is a secret, and not shown) are known.</param>
    /// <param name="names">How names of members are compared.</param>
    public static IReadOnlyList<JsonFault> Faults(string json, string schema, StringComparer names)
    {
        using var kinds = JsonDocument.Parse(schema);
        try
        {
            using var text = JsonDocument.Parse(json);
            var check = new JsonCheck(kinds.RootElement, names);
            check.Visit(text.RootElement, kinds.RootElement, "$");
            return check._faults;
        }
        catch (InvalidOperationException) // thrown over half of a pair, wherever it is read
        {
            return [new JsonFault("$", null, "has half of a character in a name or a choice", "Remove it.")];
        }
        catch (JsonException problem)
        {
            var what = problem.Message.Split(" LineNumber:")[0].Split(" Change the reader options.")[0];
            return [new JsonFault("$", null, string.Create(CultureInfo.InvariantCulture,
                $"is not JSON at line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}"), what)];
        }
    }

    void Visit(JsonElement value, JsonElement kind, string path)
    {
        if (kind.ValueKind != JsonValueKind.Object) return; // anything goes
        if (kind.TryGetProperty("$ref", out var target)) kind = Follow(target.GetString()!);
        if (!Fits(value, kind, out var expected))
            _faults.Add(new JsonFault(path, Shown(value, kind), $"is {Shown(value, kind)}",
                value.ValueKind == JsonValueKind.String && !IsText(value)
                    ? "Remove \\u0000 and halves of characters." : $"Give {expected}."));
        else if (value.ValueKind == JsonValueKind.Array && kind.TryGetProperty("items", out var items))
            VisitItems(value, kind, items, path);
        else if (value.ValueKind == JsonValueKind.Object)
            VisitMembers(value, kind, path);
    }

    void VisitItems(JsonElement list, JsonElement kind, JsonElement itemKind, string path)
    {
        if (kind.TryGetProperty("minItems", out var least) && list.GetArrayLength() < least.GetInt32())
            _faults.Add(new JsonFault(path, "[]", "is empty", $"Give at least {least}."));
        var index = 0;
        foreach (var item in list.EnumerateArray().TakeWhile(_ => IsRoom)) Visit(item, itemKind, $"{path}[{index++}]");
    }

    void VisitMembers(JsonElement item, JsonElement kind, string path)
    {
        var known = kind.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, _names) : [];
        var seen = new HashSet<string>(_names);
        foreach (var member in item.EnumerateObject().TakeWhile(_ => IsRoom))
        {
            var place = $"{path}.{member.Name}";
            if (!seen.Add(member.Name)) _faults.Add(new JsonFault(place, null, "is there twice", "Remove one."));
            if (known.TryGetValue(member.Name, out var own)) Visit(member.Value, own, place);
            else if (!kind.TryGetProperty("additionalProperties", out var others)) continue;
            else if (others.ValueKind != JsonValueKind.False) Visit(member.Value, others, place);
            else
                _faults.Add(new JsonFault(place, Shown(member.Value, kind), "is unknown", known.Count == 0 ? "Remove it."
                    : $"Give one of {string.Join(", ", known.Keys)}."));
        }
        if (!kind.TryGetProperty("required", out var required)) return;
        foreach (var name in required.EnumerateArray().Select(name => name.GetString()!)
            .Where(name => !seen.Contains(name)).TakeWhile(_ => IsRoom))
            _faults.Add(new JsonFault($"{path}.{name}", null, "is missing",
                Fits(default, known[name], out var expected) ? "Give it." : $"Give {expected}."));
    }

    /// <summary>Whether a value is of a kind, and what is. An undefined value is of no kind.</summary>
    static bool Fits(JsonElement value, JsonElement kind, out string expected)
    {
        expected = "";
        if (kind.ValueKind != JsonValueKind.Object) return true;
        if (kind.TryGetProperty("enum", out var choices))
        {
            expected = "one of " + string.Join(", ", choices.EnumerateArray());
            return value.ValueKind != JsonValueKind.Undefined
                && choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value));
        }
        if (!kind.TryGetProperty("type", out var type)) return true;
        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)]
            : [type.GetString()!];
        expected = string.Join(" or ", types.Select(one => Named(one, kind)));
        return types.Any(one => Fits(value, one, kind));
    }

    static bool Fits(JsonElement value, string type, JsonElement kind) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole)
            && whole >= Limit(kind, "minimum", int.MinValue) && whole <= Limit(kind, "maximum", int.MaxValue),
        "number" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            && (Format(kind) != "decimal" || Exact.IsExact(value.GetRawText(), number)),
        "string" => value.ValueKind == JsonValueKind.String && HasFormat(value, Format(kind)),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => value.ValueKind == JsonValueKind.Null,
    };

    static bool HasFormat(JsonElement value, string? format) => IsText(value) && format switch
    {
        "uuid" => value.TryGetGuid(out _),
        "byte" => value.TryGetBytesFromBase64(out _),
        "date-time" => value.TryGetDateTimeOffset(out _) && Exact.HasOffset(value.GetString()),
        "date" => DateOnly.TryParseExact(value.GetString(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => TimeOnly.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    /// <summary>
    /// Whether it can be kept: half of a pair and the character zero can be written in JSON, and read by nobody.
    /// </summary>
    static bool IsText(JsonElement value)
    {
        try
        {
            return value.GetString() is { } text && !text.Contains('\0');
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    static string Named(string type, JsonElement kind) => type switch
    {
        "integer" => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Limit(kind, "minimum", int.MinValue)} to "
            + $"{Limit(kind, "maximum", int.MaxValue)}"),
        "number" => Exact.DecimalHint,
        "string" => Format(kind) switch
        {
            "uuid" => "a UUID in quotes",
            "byte" => "bytes in Base64, in quotes",
            "date-time" => "a time with its offset in quotes, as \"2026-03-01T06:00:00Z\"",
            "date" => "a date in quotes, as \"2026-03-01\"",
            "time" => "a time of day in quotes, as \"06:00:00\"",
            _ => "a text in quotes",
        },
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        _ => type,
    };

    static string? Format(JsonElement kind) => kind.TryGetProperty("format", out var format) ? format.GetString() : null;

    static long Limit(JsonElement kind, string name, long otherwise) =>
        kind.TryGetProperty(name, out var limit) ? limit.GetInt64() : otherwise;

    // Beside a secret anything unknown may be the secret under a wrong name
    static string Shown(JsonElement value, JsonElement kind)
    {
        if (IsSecret(kind) || (kind.TryGetProperty("properties", out var members)
            && members.EnumerateObject().Any(member => IsSecret(member.Value)))) return Hidden;
        var text = value.GetRawText();
        return text.Length <= ShownMax ? text : text[..ShownMax] + "…";
    }

    static bool IsSecret(JsonElement kind) =>
        kind.ValueKind == JsonValueKind.Object && kind.TryGetProperty("writeOnly", out var isSecret) && isSecret.GetBoolean();

    JsonElement Follow(string reference) => reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(_schema, (at, name) => at.ValueKind == JsonValueKind.Array
            ? at[int.Parse(name, CultureInfo.InvariantCulture)] : at.GetProperty(name));
}
