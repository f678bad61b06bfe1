using System.Globalization;

namespace Mes.Fuzz.Tests;

/// <summary>
/// Makes values that fit a schema, or nearly, or not at all; remembers what answers have shown, to name it again.
/// </summary>
sealed class Values(Random random)
{
    const int KnownMax = 400;
    const int DepthMax = 6;

    static readonly string[] Texts =
    [
        "", " ", "a", "x y", " lead", "trail ", ".", "..", "A/B", "A%2FB", "M%252F1", "ü", "e\u0301", "\u00e9", "中文", "😀",
        "\u200b", "\u202eabc", "\ufeff", "a\u0000b", "\t", "line\nbreak", "'; drop table users; --", "<script>", "{}", "null",
        "true", "NaN", "-0", "\\", "\"", "%", "%00", "%zz", "?a=b", "#x", "a,b", "*", "İ", "ß", "\u3164",
        new('x', 100), new('x', 101), new('x', 5_000), new('ü', 200),
    ];

    static readonly string[] Numbers =
    [
        "0", "1", "2", "10", "-1", "-0", "0.5", "0.000001", "0.0000001", "1e-400", "1e400", "1E+5", "999999999", "1000000000",
        "1000000001", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
        "79228162514264337593543950335", "79228162514264337593543950336", "5.00000000000000000000000000000000000001",
        "60", "3600", "86400", "100",
    ];

    static readonly string[] Instants =
    [
        "2026-03-10T10:00:00Z", "2026-03-10T10:00:00+08:00", "2026-03-10T10:00:00", "2026-03-10", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "1999-12-31T23:59:59Z",
        "2199-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-10T24:00:00Z", "2026-03-10T10:00:60Z",
        "yesterday", "2027-10-31T02:30:00+02:00", "2000-01-01T00:00:00Z",
    ];

    static readonly string[] Dates =
        ["2026-03-10", "0001-01-01", "9999-12-31", "2026-02-30", "10.3.2026", "2026-3-1", "2028-02-29"];

    static readonly string[] Times = ["06:00", "06:00:00", "24:00", "23:59:59.9999999", "25:00", "-01:00", "00:00", "6"];

    readonly List<string> _known = ["m1", "P", "R", "1", "O", "STORE", "pcs", "kg", "operator", "Europe/Berlin", "UTC", "run"];

    /// <summary>Keeps the short texts of an answer: codes, numbers and ids that exist.</summary>
    public void Learn(JsonNode? answer)
    {
        foreach (var text in TextsOf(answer).Where(text => text.Length is > 0 and < 64))
        {
            if (_known.Count < KnownMax) _known.Add(text);
            else _known[random.Next(KnownMax)] = text;
        }
    }

    /// <summary>A value as JSON; null where the member is to be left out.</summary>
    /// <param name="operation">Resolves references.</param>
    /// <param name="schema">What the document says.</param>
    /// <param name="wildness">From 0, as described, to 1, anything.</param>
    /// <param name="depth">How deep in the body.</param>
    public string Json(Operation operation, JsonNode schema, double wildness, int depth = 0)
    {
        if (random.NextDouble() < wildness * 0.15) return Anything();
        schema = operation.Resolve(schema);
        if (schema["oneOf"] is JsonArray { Count: > 0 } one) return Json(operation, PickNode(one)!, wildness, depth);
        if (schema["anyOf"] is JsonArray { Count: > 0 } any) return Json(operation, PickNode(any)!, wildness, depth);
        if (schema["enum"] is JsonArray { Count: > 0 } choices && random.NextDouble() > wildness * 0.2)
        {
            return PickNode(choices)?.ToJsonString() ?? "null";
        }
        return TypeOf(schema) switch
        {
            "object" => depth > DepthMax ? "{}" : Object(operation, schema, wildness, depth),
            "array" => depth > DepthMax ? "[]" : Array(operation, schema, wildness, depth),
            "integer" or "number" => random.NextDouble() < wildness ? Pick(Numbers) : Small(),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "null" => "null",
            _ => Quoted(Text(schema, wildness)),
        };
    }

    /// <summary>A value as text, for a path, a query or a header.</summary>
    public string Text(JsonNode schema, double wildness)
    {
        if (random.NextDouble() < wildness * 0.4) return Pick(Texts);
        return (string?)schema["format"] switch
        {
            "uuid" => random.NextDouble() < 0.5 ? Id() : KnownId(),
            "date-time" => random.NextDouble() < wildness ? Pick(Instants) : Lately(),
            "date" => Pick(Dates),
            "time" => Pick(Times),
            _ => random.NextDouble() < 0.7 ? Pick(_known) : Pick(Texts),
        };
    }

    /// <summary>A parameter's value as text.</summary>
    public string Plain(Operation operation, JsonNode schema, double wildness)
    {
        schema = operation.Resolve(schema);
        return schema["enum"] is JsonArray { Count: > 0 } choices && random.NextDouble() > wildness
            ? PickNode(choices)!.ToString()
            : TypeOf(schema) is "integer" or "number" ? random.NextDouble() < wildness ? Pick(Numbers) : Small()
            : TypeOf(schema) is "boolean" ? "true"
            : Text(schema, wildness);
    }

    /// <summary>One of some.</summary>
    public T Pick<T>(IReadOnlyList<T> some) => some[random.Next(some.Count)];

    JsonNode? PickNode(JsonArray some) => some[random.Next(some.Count)];

    string Object(Operation operation, JsonNode schema, double wildness, int depth)
    {
        var members = new List<string>();
        var required = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).ToHashSet();
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            var isLeftOut = required.Contains(name) ? random.NextDouble() < wildness * 0.1 : random.NextDouble() < 0.4;
            if (!isLeftOut) members.Add($"{Quoted(name)}:{Json(operation, member!, wildness, depth + 1)}");
        }
        if (random.NextDouble() < wildness * 0.05) members.Add("\"surprise\":1");
        if (members.Count > 0 && random.NextDouble() < wildness * 0.03) members.Add(members[0]);
        if (schema["additionalProperties"] is JsonObject others)
        {
            members.Add($"{Quoted(Pick(_known))}:{Json(operation, others, wildness, depth + 1)}");
        }
        return $"{{{string.Join(',', members)}}}";
    }

    string Array(Operation operation, JsonNode schema, double wildness, int depth)
    {
        var count = random.NextDouble() < wildness * 0.1 ? Pick([0, 50, 1_200]) : random.Next(1, 3);
        var items = schema["items"] ?? new JsonObject();
        var first = Enumerable.Range(0, Math.Min(count, 50)).Select(_ => Json(operation, items, wildness, depth + 1)).ToList();
        var bounded = depth > 2 ? Math.Min(count, 5) : count;
        return $"[{string.Join(',', Enumerable.Range(0, bounded).Select(i => first[i % first.Count]))}]";
    }

    string Anything() => Pick([
        "null", "true", "0", "-1", "1e-400", "\"\"", "\"x\"", "[]", "{}", "[null]", "[[]]", "{\"a\":{}}", "\"\\ud800\"", "1e999",
        "\"2026-03-10T10:00:00\"", "\"00000000-0000-0000-0000-000000000000\""]);

    string Small() => random.Next(1, 20).ToString(CultureInfo.InvariantCulture);

    string Lately() => TimeProvider.System.GetUtcNow().AddMinutes(-random.Next(1, 600))
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    string Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    string KnownId()
    {
        var ids = _known.Where(text => Guid.TryParse(text, out _)).ToList();
        return ids.Count > 0 ? Pick(ids) : Id();
    }

    static string? TypeOf(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => (string?)several.FirstOrDefault(type => (string?)type != "null"),
        JsonValue type => (string?)type,
        _ => schema["properties"] is null ? null : "object",
    };

    static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    static IEnumerable<string> TextsOf(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => TextsOf(member.Value)),
        JsonArray list => list.Take(20).SelectMany(TextsOf),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
