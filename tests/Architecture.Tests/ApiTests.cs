using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mes.Architecture.Tests;

/// <summary>Whoever reads the description of the API finds each thing in it named and described.</summary>
public partial class ApiTests
{
    public static TheoryData<string> Documents => [.. Repository.Files.Select(file => file.Path).Where(path =>
        path.StartsWith("gateway/openapi/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal))];

    [Fact]
    public void Each_service_and_the_gateway_have_a_document() => Documents.Count.ShouldBe(6);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Everything_is_named_and_described(string path) => Faults(JsonNode.Parse(Repository.Read(path))!).ShouldBeEmpty();

    [Theory]
    [InlineData("operationId")]
    [InlineData("summary")]
    [InlineData("description")]
    [InlineData("tags")]
    public void An_operation_without_one_of_these_is_found(string part)
    {
        var document = Seeded();
        document["paths"]!["/api/x/{id}"]!["get"]!.AsObject().Remove(part);
        Faults(document).ShouldHaveSingleItem().ShouldContain(part);
    }

    [Theory]
    [InlineData("listX")]
    [InlineData("x")]
    [InlineData("ListX")]
    public void An_id_that_is_another_s_or_no_verb_with_a_noun_is_found(string id)
    {
        var document = Seeded();
        document["paths"]!["/api/x"] = new JsonObject { ["get"] = document["paths"]!["/api/x/{id}"]!["get"]!.DeepClone() };
        document["paths"]!["/api/x"]!["get"]!["operationId"] = id;
        Faults(document).ShouldHaveSingleItem().ShouldContain(id);
    }

    [Fact]
    public void A_parameter_without_text_is_found()
    {
        var document = Seeded();
        document["paths"]!["/api/x/{id}"]!["get"]!["parameters"]![0]!.AsObject().Remove("description");
        Faults(document).ShouldBe(["get /api/x/{id}: id has no description"]);
    }

    [Theory]
    [InlineData("403")]
    [InlineData("503")]
    public void An_operation_that_does_not_say_how_it_refuses_is_found(string status)
    {
        var document = Seeded();
        document["paths"]!["/api/x/{id}"]!["get"]!["responses"]!.AsObject().Remove(status);
        Faults(document).ShouldBe([$"get /api/x/{{id}}: {status} is missing"]);
    }

    [Fact]
    public void A_schema_or_a_member_without_text_is_found()
    {
        var document = Seeded();
        var schema = document["components"]!["schemas"]!["X"]!.AsObject();
        schema.Remove("description");
        schema["properties"]!["name"]!.AsObject().Remove("description");
        Faults(document).ShouldBe(["X has no description", "X.name has no description"]);
    }

    [Fact]
    public void A_list_that_does_not_say_its_order_is_found()
    {
        var document = Seeded();
        var list = document["paths"]!["/api/x/{id}"]!["get"]!;
        list["responses"]!["200"] = JsonNode.Parse(
            """{ "content": { "application/json": { "schema": { "$ref": "#/components/schemas/PageOfX" } } } }""");
        Faults(document).ShouldHaveSingleItem().ShouldContain("order");
        list["description"] = "The newest first.";
        Faults(document).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("One of `Kinds`.")]
    [InlineData("As it is in a WorkOrder.")]
    public void A_text_that_names_a_type_of_the_code_is_found(string text)
    {
        var document = Seeded();
        document["components"]!["schemas"]!["X"]!["properties"]!["name"]!["description"] = text;
        Faults(document).ShouldHaveSingleItem().ShouldContain(text);
        document["components"]!["schemas"]!["X"]!["enum"] = new JsonArray("Kinds", "WorkOrder");
        Faults(document).ShouldBeEmpty();
    }

    static IEnumerable<string> Faults(JsonNode document)
    {
        var nodes = Within(document).ToList();
        var known = nodes.SelectMany(node => node["enum"] as JsonArray ?? []).Select(value => (string?)value)
            .Concat(document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key)).ToHashSet();
        var foreign = nodes.Select(node => node["description"] as JsonValue).OfType<JsonValue>()
            .Select(text => (string)text!)
            .Where(text => TypeName().Matches(Listed().Replace(text, "")).Any(name => !known.Contains(name.Value.Trim('`'))))
            .Distinct().Select(text => $"it names what no reader can see: {text}");
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(operation => (Name: $"{operation.Key} {path.Key}", Node: operation.Value!))).ToList();
        return foreign.Concat(operations.SelectMany(operation => FaultsOf(operation.Name, operation.Node)))
            .Concat(operations.CountBy(operation => (string?)operation.Node["operationId"] ?? "")
                .Where(id => id.Key.Length > 0 && id.Value > 1).Select(id => $"{id.Key} is the id of {id.Value} operations"))
            .Concat(document["components"]!["schemas"]!.AsObject()
                .SelectMany(schema => FaultsOf(schema.Key, schema.Value!.AsObject())));
    }

    static IEnumerable<JsonObject> Within(JsonNode? node) => node switch
    {
        JsonObject branch => branch.SelectMany(part => Within(part.Value)).Prepend(branch),
        JsonArray items => items.SelectMany(Within),
        _ => []
    };

    static string? AnswerOf(JsonNode operation) =>
        (string?)operation["responses"]!["200"]?["content"]?["application/json"]?["schema"]?["$ref"];

    [GeneratedRegex(@"[Ii]n the order (of|in)|\bfirst\b")]
    private static partial Regex Order();

    // a value whose meaning a text tells
    [GeneratedRegex("^- `[^`]+`:", RegexOptions.Multiline)]
    private static partial Regex Listed();

    // of several words in one, or marked as code
    [GeneratedRegex(@"\b[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+\b|`[A-Z][A-Za-z0-9]*`")]
    private static partial Regex TypeName();

    static IEnumerable<string> FaultsOf(string name, JsonNode operation)
    {
        foreach (var part in new[] { "operationId", "summary", "description", "tags" })
        {
            if (operation[part] is null) yield return $"{name}: {part} is missing";
        }
        if ((string?)operation["operationId"] is { } id && (!char.IsAsciiLetterLower(id[0]) || !id.Any(char.IsAsciiLetterUpper)
            && id != "signIn"))
        {
            yield return $"{name}: {id} is no verb with a noun";
        }
        if (AnswerOf(operation)?.Contains("Page", StringComparison.Ordinal) == true
            && !Order().IsMatch((string?)operation["description"] ?? ""))
        {
            yield return $"{name}: it does not say in what order it lists";
        }
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            if (parameter!["description"] is null) yield return $"{name}: {parameter["name"]} has no description";
        }
        foreach (var status in operation["security"] is null ? new[] { "400", "401", "403", "503" } : ["400", "503"])
        {
            if (operation["responses"]![status] is null) yield return $"{name}: {status} is missing";
        }
    }

    static IEnumerable<string> FaultsOf(string name, JsonObject schema) => (schema["properties"]?.AsObject() ?? [])
        .Select(member => (Name: $"{name}.{member.Key}", Node: member.Value!)).Prepend((name, schema))
        .Where(part => string.IsNullOrEmpty((string?)part.Node["description"])).Select(part => $"{part.Name} has no description");

    static JsonNode Seeded() => JsonNode.Parse("""
        {
          "paths": { "/api/x/{id}": { "get": {
            "operationId": "listX", "summary": "List", "description": "Lists.", "tags": ["X"],
            "parameters": [{ "name": "id", "in": "path", "description": "Id of the x." }],
            "responses": { "200": {}, "400": {}, "401": {}, "403": {}, "503": {} } } } },
          "components": { "schemas": { "X": {
            "description": "An x.", "properties": { "name": { "type": "string", "description": "Its name." } } } } }
        }
        """)!;
}
