using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mes.Web;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Mes.Api.Tests;

/// <summary>
/// Makes the description of an API: what the framework knows of the endpoints, with the texts of their comments, the codes of
/// their refusals, and what all have in common.
/// </summary>
sealed partial class Description(Texts texts, ProblemCodes codes)
{
    static readonly string[] Credentials = ["ApiKey", "Bearer", "Session"];

    /// <summary>Makes a document.</summary>
    public async Task<JsonNode> Of(ApiHost host, string name)
    {
        var document = await host.Raw(name);
        var endpoints = host.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<OperationName>() is not null)
            .ToLookup(Key);
        var limits = new Limits(host);
        new Schemas(texts, limits, id => host.Types.GetValueOrDefault($"{name}/{id}")).Describe(document);
        Refusals.AddComponents(document["components"]!.AsObject());
        document["components"]!["securitySchemes"] = JsonNode.Parse(Security);
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                var endpoint = endpoints[$"{method.ToUpperInvariant()} {path.TrimEnd('/')}"].FirstOrDefault()
                    ?? throw new InvalidOperationException($"{method} {path} has no name: call Named() where it is mapped.");
                Describe(operation!.AsObject(), path, endpoint, limits);
            }
        }
        Complete(document, name);
        AddExamples(document);
        return new JsonObject(new[] { "openapi", "info", "servers", "security", "tags", "paths", "components" }
            .Select(part => KeyValuePair.Create(part, document[part]?.DeepClone())));
    }

    static void AddExamples(JsonNode document)
    {
        var examples = new Examples(document);
        foreach (var (_, item) in document["paths"]!.AsObject())
            foreach (var (_, operation) in item!.AsObject())
                foreach (var body in operation!["responses"]!.AsObject().Select(answer => answer.Value)
                    .Prepend(operation["requestBody"]))
                    if (body?["content"]?["application/json"] is JsonObject content)
                        content["example"] = examples.Of(content["schema"]!);
    }

    void Describe(JsonObject operation, string path, RouteEndpoint endpoint, Limits limits)
    {
        var handler = endpoint.Metadata.GetMetadata<MethodInfo>()!;
        var named = endpoint.Metadata.GetMetadata<OperationName>()!;
        var isAnonymous = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var isCommand = MethodOf(endpoint) != "GET" && endpoint.Metadata.GetMetadata<NoCommand>() is null;
        var body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var given = operation.ToDictionary(part => part.Key, part => part.Value);
        operation.Clear();
        operation["operationId"] = named.Id;
        operation["summary"] = named.Summary;
        operation["description"] = $"{texts.Of(handler) ?? (body is null ? null : texts.Of(body))} {Permission(endpoint)}".Trim();
        operation["tags"] = new JsonArray(CapabilityOf(handler));
        if (isAnonymous) operation["security"] = new JsonArray();
        var parameters = ParametersOf(given.GetValueOrDefault("parameters")?.AsArray() ?? [], path, handler, isCommand, limits);
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (given.GetValueOrDefault("requestBody") is { } request)
        {
            operation["requestBody"] = request;
            if (texts.Of(body!) is { } meaning) request["description"] = meaning;
        }
        var hasQuery = parameters.Any(parameter => (string?)parameter!["in"] == "query");
        operation["responses"] = Answers(given["responses"]!.AsObject(), endpoint, Refusals.Of(
            codes.Of(handler).Concat(Refusals.Before(body is not null, hasQuery, isCommand)), body is not null, isAnonymous));
    }

    JsonArray ParametersOf(JsonArray given, string path, MethodInfo handler, bool isCommand, Limits limits)
    {
        var parameters = new JsonArray();
        foreach (var parameter in given.Select(parameter => parameter!.DeepClone().AsObject())
            .Where(parameter => (string?)parameter["name"] != CommandHeader.Name))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName((string)parameter["name"]!);
            var (type, text, member) = Declared(handler, name);
            var schema = parameter["schema"]!.AsObject();
            parameter["name"] = name;
            var word = type?.IsArray == true ? $"{name}[]" : name;
            if ((Glossary.Parameter(path, word, (string)parameter["in"]! == "path") ?? text) is { } meaning)
                parameter["description"] = meaning;
            if (type is not null) Schemas.Settle(schema, Nullable.GetUnderlyingType(type) ?? type);
            if (type is not null && (Nullable.GetUnderlyingType(type) ?? type) == typeof(Code)) Limits.WriteCode(schema);
            if (member is not null) limits.Write(schema, member);
            parameters.Add(parameter);
        }
        if (isCommand) parameters.Add(Refusals.CommandId(isRequired: true));
        return parameters;
    }

    /// <summary>Type and text of a parameter, of its handler or of a member that it is read into with others.</summary>
    (Type? Type, string? Text, PropertyInfo? Member) Declared(MethodInfo handler, string name)
    {
        bool Is(string? other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.GetCustomAttribute<AsParametersAttribute>() is null)
            {
                if (Is(parameter.Name)) return (parameter.ParameterType, texts.Of(parameter), null);
            }
            else if (parameter.ParameterType.GetProperties().FirstOrDefault(property => Is(property.Name)) is { } member)
                return (member.PropertyType, texts.Of(member), member);
        }
        return (null, null, null);
    }

    JsonObject Answers(JsonObject given, RouteEndpoint endpoint, IEnumerable<(int Status, JsonObject Answer)> refusals)
    {
        var answers = new JsonObject();
        foreach (var (status, answer) in given)
        {
            var type = endpoint.Metadata.OfType<IProducesResponseTypeMetadata>()
                .FirstOrDefault(produced => $"{produced.StatusCode}" == status)?.Type;
            answers[status] = answer!.DeepClone();
            answers[status]!["description"] = type is null || type == typeof(void) ? "Done." : TextOf(type) ?? "Done.";
        }
        foreach (var (status, answer) in refusals.OrderBy(refusal => refusal.Status)) answers.TryAdd($"{status}", answer);
        return answers;
    }

    string? TextOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>)
        ? $"A page of items, each: {texts.Of(type.GenericTypeArguments[0])}".TrimEnd(' ', ':')
        : texts.Of(type.IsArray ? type.GetElementType()! : type.IsGenericType ? type.GenericTypeArguments[^1] : type);

    static void Complete(JsonNode document, string name)
    {
        document["info"] = new JsonObject
        {
            ["title"] = $"Mes: {name.Replace('-', ' ')}", ["version"] = "1",
            ["description"] = Introduction, ["contact"] = new JsonObject { ["name"] = "The Mes project" },
            ["license"] = new JsonObject { ["name"] = "Apache License 2.0", ["identifier"] = "Apache-2.0" },
        };
        document["servers"] = new JsonArray(new JsonObject
        {
            ["url"] = "/", ["description"] = "The gateway that this was read from.",
        });
        document["security"] = new JsonArray([.. Credentials.Select(scheme => new JsonObject { [scheme] = new JsonArray() })]);
        document["tags"] = new JsonArray([.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Select(operation => (string)operation.Value!["tags"]![0]!).Distinct().Order(StringComparer.Ordinal)
            .Select(tag => new JsonObject { ["name"] = tag })]);
    }

    static string Permission(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        ? "Anybody may ask."
        : endpoint.Metadata.OfType<IAuthorizeData>().Select(data => data.Policy).LastOrDefault(policy => policy is not null)
            is { } permission ? $"Needs the permission `{permission}`." : "Whoever is signed in may ask.";

    /// <summary>The capability in whose folder a handler lies.</summary>
    static string CapabilityOf(MethodInfo handler)
    {
        var parts = handler.DeclaringType!.Namespace!.Split('.');
        var name = parts[^1] is "Features" ? "Operations" : parts[^1];
        return name[0] + Capital().Replace(name[1..], letter => " " + letter.Value.ToLowerInvariant());
    }

    static string Key(RouteEndpoint endpoint) =>
        $"{MethodOf(endpoint)} {Constraint().Replace(endpoint.RoutePattern.RawText!, "}").TrimEnd('/')}";

    static string? MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0];

    const string Introduction = "Times are UTC, as 2026-03-02T06:00:00Z; codes are compared in normal form. A changing request "
        + "carries an `Idempotency-Key`, except to sign in or out and to bind a device: sent again it is applied once and gives "
        + "the first answer; with `Dry-Run: true` it is checked and answered as it would be, and nothing is written. Lists are "
        + "read page by page with `size` and `after`; a time is asked for with `from` and `to`. A refusal is a problem "
        + "(RFC 9457) with a stable `code` and a `hint`.";

    const string Security = """
        {
          "ApiKey": {
            "type": "apiKey", "in": "header", "name": "X-Api-Key",
            "description": "For programs: the secret of POST /api/identity/api-keys."
          },
          "Bearer": {
            "type": "http", "scheme": "bearer", "description": "The same secret as Authorization: Bearer."
          },
          "Session": {
            "type": "apiKey", "in": "cookie", "name": "mes-session",
            "description": "For people: the cookie that POST /api/identity/sign-in sets."
          }
        }
        """;

    [GeneratedRegex(@"(:\w+(\([^)]*\))?)+\}")]
    private static partial Regex Constraint();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
