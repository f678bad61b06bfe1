using System.Globalization;
using System.Text.Json;

namespace Mes.Scheduling.Cli;

/// <summary>Says what is wrong with a model file, by its schema: where, what stands there, and what belongs
/// there.</summary>
sealed class ModelFileCheck
{
    const int ProblemsMax = 10;
    const int ShownMax = 60;
    readonly JsonElement _schema;
    readonly List<string> _problems = [];

    ModelFileCheck(JsonElement schema) => _schema = schema;

    /// <summary>The first problems of a file, none if it is as the schema says.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="schema">Of the kinds that <see cref="ModelFile.Schema"/> writes.</param>
    public static IReadOnlyList<string> Problems(string json, string schema)
    {
        using var kinds = JsonDocument.Parse(schema);
        try
        {
            using var file = JsonDocument.Parse(json);
            var check = new ModelFileCheck(kinds.RootElement);
            check.Visit(file.RootElement, kinds.RootElement, "$");
            return [.. check._problems.Take(ProblemsMax)];
        }
        catch (JsonException problem)
        {
            var what = problem.Message.Split(" LineNumber:")[0].Split(" Change the reader options.")[0];
            return [string.Create(CultureInfo.InvariantCulture,
                $"Not JSON, line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}: {what}")];
        }
    }

    void Visit(JsonElement value, JsonElement kind, string path)
    {
        if (kind.TryGetProperty("$ref", out var target)) kind = Follow(target.GetString()!);
        if (!Fits(value, kind, out var expected))
            _problems.Add($"{path} is {Shown(value)}. Give {expected}.");
        else if (value.ValueKind == JsonValueKind.Array)
            VisitItems(value, kind, path);
        else if (value.ValueKind == JsonValueKind.Object)
            VisitMembers(value, kind, path);
    }

    void VisitItems(JsonElement list, JsonElement kind, string path)
    {
        if (kind.TryGetProperty("minItems", out var least) && list.GetArrayLength() < least.GetInt32())
            _problems.Add($"{path} is empty. Give at least {least}.");
        var index = 0;
        foreach (var item in list.EnumerateArray()) Visit(item, kind.GetProperty("items"), $"{path}[{index++}]");
    }

    void VisitMembers(JsonElement item, JsonElement kind, string path)
    {
        var hasMembers = kind.TryGetProperty("properties", out var members);
        var names = new HashSet<string>();
        foreach (var member in item.EnumerateObject())
        {
            if (!names.Add(member.Name)) _problems.Add($"{path}.{member.Name} is there twice. Remove one.");
            if (hasMembers && members.TryGetProperty(member.Name, out var own))
                Visit(member.Value, own, $"{path}.{member.Name}");
            else if (kind.GetProperty("additionalProperties") is { ValueKind: JsonValueKind.Object } others)
                Visit(member.Value, others, $"{path}.{member.Name}");
            else
                _problems.Add($"{path}.{member.Name} is unknown. Give one of "
                    + string.Join(", ", members.EnumerateObject().Select(known => known.Name)) + ".");
        }
        if (!kind.TryGetProperty("required", out var required)) return;
        _problems.AddRange(required.EnumerateArray().Where(name => !names.Contains(name.GetString()!))
            .Select(name => $"{path}.{name} is missing."));
    }

    static bool Fits(JsonElement value, JsonElement kind, out string expected)
    {
        if (kind.TryGetProperty("enum", out var choices))
        {
            expected = "one of " + string.Join(", ", choices.EnumerateArray());
            return choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value));
        }
        var types = kind.GetProperty("type") is { ValueKind: JsonValueKind.Array } several
            ? several.EnumerateArray().Select(type => type.GetString()!).ToArray()
            : [kind.GetProperty("type").GetString()!];
        var (least, most) = (Limit(kind, "minimum", int.MinValue), Limit(kind, "maximum", int.MaxValue));
        expected = string.Join(" or ", types.Select(type => Named(type, least, most)));
        return types.Any(type => Fits(value, type, least, most));
    }

    static bool Fits(JsonElement value, string type, int least, int most) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            && number >= least && number <= most,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => value.ValueKind == JsonValueKind.Null,
    };

    static string Named(string type, int least, int most) => type switch
    {
        "integer" => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
        "string" => "a text in quotes",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        _ => type,
    };

    static int Limit(JsonElement kind, string name, int otherwise) =>
        kind.TryGetProperty(name, out var limit) ? limit.GetInt32() : otherwise;

    static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= ShownMax ? text : text[..ShownMax] + "…";
    }

    JsonElement Follow(string reference) => reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(_schema, (at, name) => at.GetProperty(name));
}
