namespace Mes.Fuzz.Tests;

/// <summary>A parameter of an operation, as its document describes it.</summary>
sealed record Parameter(string Name, string In, bool IsRequired, JsonNode Schema);

/// <summary>One operation of the running product, as its OpenAPI document describes it.</summary>
sealed record Operation(string Method, string Path, IReadOnlyList<Parameter> Parameters, JsonNode? Body, JsonNode Document)
{
    /// <summary>What must not be called, for it takes away what the other requests are made with.</summary>
    static readonly string[] Excluded =
    [
        "POST /api/identity/sign-out", "POST /api/identity/password", "DELETE /api/identity/api-keys/{id}", "GET /api/live",
    ];

    public string Name => $"{Method} {Path}";

    /// <summary>All operations of a document.</summary>
    public static IEnumerable<Operation> Of(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        let found = new Operation(operation.Key.ToUpperInvariant(), path.Key, ParametersOf(operation.Value!, document),
            operation.Value!["requestBody"]?["content"]?["application/json"]?["schema"], document)
        where !Excluded.Contains(found.Name)
        select found;

    /// <summary>The schema itself where it is given by reference.</summary>
    public JsonNode Resolve(JsonNode schema)
    {
        while ((string?)schema["$ref"] is { } reference)
        {
            schema = reference.TrimStart('#', '/').Split('/').Aggregate(Document, (at, name) => at[name]!);
        }
        return schema;
    }

    static List<Parameter> ParametersOf(JsonNode operation, JsonNode document) =>
    [
        .. (operation["parameters"]?.AsArray() ?? []).Select(parameter => new Parameter(
            (string)parameter!["name"]!, (string)parameter["in"]!, (bool?)parameter["required"] ?? false,
            parameter["schema"] ?? document["components"] ?? new JsonObject())),
    ];
}
