namespace Mes.Api.Tests;

/// <summary>What words mean that recur in parameters and bodies, each in one place.</summary>
static class Glossary
{
    /// <summary>Query parameters that mean the same wherever they are.</summary>
    static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["size"] = "How many items at most.",
        ["after"] = "What the page before gave as `next`; none for the first page.",
        ["order"] = "Only of the order with this number.",
        ["orderId"] = "Only of the order with this id.",
        ["operationId"] = "Only of the operation with this id.",
        ["scenarioId"] = "Only of the scenario with this id.",
        ["owner"] = "Only of the owner with this code.",
        ["product"] = "Only of the product with this code.",
        ["material"] = "Only of the material with this code.",
        ["lot"] = "Only of the lot with this number.",
        ["location"] = "Only at the location with this code.",
        ["equipment"] = "Only at the equipment with this code.",
        ["operator"] = "Only of the operator with this code; of the dispatch list, who is to have the skill.",
        ["workCenter"] = "Only at the work center with this code.",
        ["plan"] = "Only by the plan with this code.",
        ["status"] = "Only those with this status.",
        ["kind"] = "Only those of this kind.",
        ["gtin"] = "Only the product with this Global Trade Item Number of 8, 12, 13 or 14 digits.",
        ["paper"] = "Only prints of this paper.",
        ["whole"] = "Whether to go through the whole chain, not only what came since it was last found intact.",
        ["day"] = "Only of this day, in plant time.",
        ["outcome"] = "Only those with this outcome.",
        ["since"] = "Id of the plan that is known already.",
        ["station"] = "Only at the station of this name.",
        ["status[]"] = "Only those with one of these; the parameter is given once for each.",
        ["id[]"] = "Id of a scenario; the parameter is given once for each, 1 to 10 times.",
        ["reason"] = "Why, for the audit trail.",
        ["routing"] = "Only of the routing with this code.",
        ["operation"] = "Only of the operation with this short name.",
        ["inForce"] = "Those alone that operators follow.",
        ["seat"] = "Which of the people signed in at a terminal asks, for what sends no header.",
        ["removed"] = "Those that were removed, in place of those that are there.",
        ["version"] = "Version of what is asked for; under its address it need not be asked for again.",
    };

    /// <summary>What a thing is called that lies behind a segment of a path, where it is not the segment less its s.</summary>
    static readonly Dictionary<string, string> Things = new(StringComparer.Ordinal)
    {
        ["units"] = "piece of equipment",
    };

    /// <summary>Values of bodies, by the name of the member, or TYPE.member where a rule of that type wants another.</summary>
    static readonly Dictionary<string, JsonNode?> Values = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Sources.Root, "tests/Api.Tests/examples.json")))!.AsObject()
        .ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>What a parameter of a path or a query means.</summary>
    public static string? Parameter(string path, string name, bool isInPath)
    {
        if (!isInPath) return Parameters.GetValueOrDefault(name);
        var before = path[..path.IndexOf($"{{{name}}}", StringComparison.Ordinal)].TrimEnd('/').Split('/')[^1];
        var thing = Things.GetValueOrDefault(before) ?? before.Replace('-', ' ').TrimEnd('s');
        return name switch
        {
            "id" or "attachmentId" or "fileId" or "operationId" => $"Id of the {thing}.",
            "code" => $"Code of the {thing}.",
            "order" => "Number of the order.",
            "operation" => "Short name of the operation.",
            "equipment" => "Code of the equipment.",
            "material" => "Code of the material.",
            "lot" => "Number of the lot.",
            "serial" => "Serial number of the piece.",
            "revision" => "Revision of the routing.",
            "kind" => "What gets the numbers.",
            _ => null,
        };
    }

    /// <summary>A value for the member of a body, if one is named.</summary>
    public static bool TryValue(string type, string member, out JsonNode? value) =>
        Values.TryGetValue($"{type}.{member}", out value) || Values.TryGetValue(member, out value);
}
