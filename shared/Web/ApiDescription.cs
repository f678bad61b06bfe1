using System.Text.Json;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Mes.Web;

/// <summary>What all operations have in common, added to every OpenAPI document once: how a caller signs in, the id of a
/// command, and the problem that a refused request is answered with.</summary>
public static class ApiDescription
{
    const string Problem = "Problem";
    const string ApiKey = "ApiKey";
    const string Session = "Session";

    static readonly (string Status, string Meaning)[] Refusals =
    [
        ("400", "The request is malformed."), ("404", "There is no such thing."), ("409", "It contradicts what is there."),
        ("422", "A rule refuses it."),
        ("default", "It is refused: not signed in, not permitted, too much, or the service is away."),
    ];

    /// <summary>Describes the API of every document as it is seen through the gateway.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="hasCommandIds">Whether changing requests carry the id of their command.</param>
    public static void DescribeApi(this IServiceCollection services, bool hasCommandIds) =>
        services.ConfigureAll<OpenApiOptions>(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Servers = null;        // it holds for the address it is read from
            document.Info.Title = $"Mes {options.DocumentName}";
            Describe(document, hasCommandIds);
            return Task.CompletedTask;
        }));

    static void Describe(OpenApiDocument document, bool hasCommandIds)
    {
        document.AddComponent(Problem, ProblemSchema());
        document.AddComponent<IOpenApiSecurityScheme>(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = CredentialNames.ApiKeyHeader,
            Description = "For programs: the secret of POST /api/identity/api-keys."
        });
        document.AddComponent<IOpenApiSecurityScheme>(Session, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = CredentialNames.SessionCookie,
            Description = "For people: the cookie that POST /api/identity/sign-in sets."
        });
        document.Security = [Requirement(ApiKey, document), Requirement(Session, document)];
        document.Tags = document.Paths.Keys.Select(FeatureOf).Distinct()
            .Select(name => new OpenApiTag { Name = name }).ToHashSet();
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                operation.Tags = new HashSet<OpenApiTagReference> { new(FeatureOf(path), document) };
                NameAsSent(operation);
                if (hasCommandIds && method != HttpMethod.Get) AddCommandId(operation);
                AddProblems(operation, document);
            }
        }
    }

    /// <summary>The third segment of <c>/api/SERVICE/FEATURE</c>, or the last of a shorter path.</summary>
    static string FeatureOf(string path) => path.Split('/').Take(4).Last();

    static void NameAsSent(OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>()
            .Where(parameter => parameter.In == ParameterLocation.Query))
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }
    }

    static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    static void AddCommandId(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        foreach (var bound in operation.Parameters.Where(parameter => parameter.Name == CommandHeader.Name).ToList())
        {
            operation.Parameters.Remove(bound);
        }
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = CommandHeader.Name, In = ParameterLocation.Header, Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            Description = "Made by the client, the same one when the command is repeated: it is applied once."
        });
    }

    static void AddProblems(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Responses ??= [];
        foreach (var (status, meaning) in Refusals)
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = meaning,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) }
                }
            };
        }
    }

    static OpenApiSchema ProblemSchema()
    {
        static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Problem details (RFC 9457). The offending values are further members.",
            Required = new HashSet<string> { "status", "code", "hint" },
            AdditionalPropertiesAllowed = true,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
                ["title"] = Text("The code in words."),
                ["code"] = Text("Stable: programs may act on it."),
                ["hint"] = Text("What to do about it."),
                ["traceId"] = Text("Finds it in the log.")
            }
        };
    }
}
