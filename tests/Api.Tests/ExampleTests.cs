using FluentValidation;
using Mes.Web;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mes.Api.Tests;

/// <summary>Every body has an example, and a service would read it and find nothing wrong with its values.</summary>
public class ExampleTests
{
    [Fact]
    public async Task Every_example_is_a_body_that_is_read_and_valid()
    {
        await using var services = ApiHost.OfServices();
        await using var gateway = ApiHost.OfGateway();
        var examples = Documents.All.ToDictionary(
            name => name, name => Examples(JsonNode.Parse(File.ReadAllText(Documents.FileOf(name)))!).ToList());
        examples.Values.Sum(found => found.Count).ShouldBeGreaterThan(60);
        examples.SelectMany(document => document.Value.SelectMany(example => Faults(
            document.Key == Documents.Gateway ? gateway : services, document.Key, example.Id, example.Body))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("defineMaterial", """{"name":"","unit":"pcs"}""")]
    [InlineData("defineMaterial", """{"colour":"red"}""")]
    public async Task An_example_that_is_not_is_found(string id, string body)
    {
        await using var services = ApiHost.OfServices();
        Faults(services, "inventory", id, JsonNode.Parse(body)).ShouldNotBeEmpty();
    }

    public static TheoryData<string> Names => [.. Documents.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_answer_has_an_example(string name) =>
        Unshown(JsonNode.Parse(File.ReadAllText(Documents.FileOf(name)))!).ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "schema": {} }""", "listX 200 application/json: no example")]
    [InlineData("""{ "schema": {}, "example": { "name": "text" } }""", "listX 200 application/json: name a value")]
    [InlineData("""{ "schema": {}, "example": { "text": "text" } }""", "listX 200 application/json: name a value")]
    [InlineData("""{ "schema": {}, "example": { "text": "a note" } }""", null)]
    [InlineData("""{ "schema": {}, "example": { "name": "Bracket" } }""", null)]
    public void An_answer_without_an_example_is_found(string content, string? fault)
    {
        var document = new JsonObject
        {
            ["paths"] = new JsonObject
            {
                ["/x"] = new JsonObject
                {
                    ["get"] = new JsonObject
                    {
                        ["operationId"] = "listX",
                        ["responses"] = new JsonObject
                        {
                            ["200"] = new JsonObject
                            {
                                ["content"] = new JsonObject { ["application/json"] = JsonNode.Parse(content) },
                            },
                        },
                    },
                },
            },
        };
        var found = Unshown(document).ToList();
        if (fault is null) found.ShouldBeEmpty();
        else found.ShouldHaveSingleItem().ShouldStartWith(fault);
    }

    /// <summary>Whether it has a value that nobody named; a member may be called so.</summary>
    static bool IsUnnamed(string example) =>
        example.Replace("\"text\":", "", StringComparison.Ordinal).Contains("\"text\"", StringComparison.Ordinal);

    static IEnumerable<string> Unshown(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        from answer in operation.Value!["responses"]!.AsObject()
            .Concat(document["components"]?["responses"]?.AsObject() ?? [])
        from content in answer.Value!["content"]?.AsObject() ?? []
        where content.Key != "application/octet-stream" // a file's bytes show nothing
        let place = $"{operation.Value!["operationId"]} {answer.Key} {content.Key}"
        let example = content.Value!["example"]
        where example is null || IsUnnamed(example.ToJsonString())
        select example is null ? $"{place}: no example" : $"{place}: name a value in examples.json: {example.ToJsonString()}";

    static IEnumerable<(string Id, JsonNode? Body)> Examples(JsonNode document) => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject()).Where(operation => operation.Value!["requestBody"] is not null)
        .Select(operation => ((string)operation.Value!["operationId"]!,
            operation.Value["requestBody"]!["content"]!["application/json"]!["example"]));

    static IEnumerable<string> Faults(ApiHost host, string document, string id, JsonNode? body)
    {
        var type = host.Endpoints.Single(endpoint => endpoint.Metadata.GetMetadata<OperationName>()?.Id == id && document ==
            Documents.Of(endpoint.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName ?? Documents.Gateway))
            .Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!;
        object? value = null;
        string? unread = null;
        try
        {
            value = System.Text.Json.JsonSerializer.Deserialize(body, type, JsonOf(host));
        }
        catch (System.Text.Json.JsonException failure)
        {
            unread = failure.Message;
        }
        if (value is null) return [$"{id}: {unread ?? "null"}"];
        var text = body!.ToJsonString();
        if (IsUnnamed(text)) return [$"{id}: name a value in examples.json: {text}"];
        return host.Services.GetService(typeof(IValidator<>).MakeGenericType(type)) is IValidator validator
            ? validator.Validate(new ValidationContext<object>(value)).Errors.Select(error =>
                $"{id}: {error.PropertyName} {error.AttemptedValue}: {error.ErrorMessage}")
            : [];
    }

    static System.Text.Json.JsonSerializerOptions JsonOf(ApiHost host) =>
        host.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
}
