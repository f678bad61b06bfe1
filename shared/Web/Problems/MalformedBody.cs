using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Mes.Kernel;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Mes.Web.Problems;

/// <summary>Says what is wrong with a JSON body that cannot be read: place, value, and what belongs there.</summary>
public static class MalformedBody
{
    internal const int BodyBytesMax = 1_000_000;
    static readonly ConcurrentDictionary<Type, string> Schemas = new();

    /// <summary>Keeps JSON bodies until the answer, so that a wrong one can be looked at again; refuses other encodings
    /// than that of JSON, UTF-8.</summary>
    public static IApplicationBuilder UseReadableBodies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.Request.HasJsonContentType()) return next(context);
        if (!IsUtf8(context.Request)) return ProblemMapper.Write(context, NotUtf8());
        // A file is not kept twice: a wrong body that carries one is told of without its place
        if (BodyLimit.Of(context.GetEndpoint()) == BodyBytesMax || context.Request.ContentLength <= BodyBytesMax)
            context.Request.EnableBuffering(BodyBytesMax);
        return next(context);
    });

    /// <summary>The problem of a command without a body, or null where the request has one or needs none.</summary>
    internal static async Task<ProblemDetails?> Missing(HttpContext context)
    {
        if (EndpointOf(context)?.Metadata.GetMetadata<IAcceptsMetadata>() is null) return null;
        if (context.Request.ContentLength > BodyBytesMax) return null; // it broke off on the way
        var text = context.Request.Body.CanSeek ? await Read(context) : "";
        return string.IsNullOrWhiteSpace(text) || text.Trim() == "null"
            ? ProblemMapper.Make(400, "body-missing", RequestValidation.MissingHint)
            : null;
    }

    static bool IsUtf8(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    static ProblemDetails NotUtf8() => ProblemMapper.Make(
        415, "not-utf8", "Send JSON in UTF-8: Content-Type application/json, without another charset.");

    /// <summary>The problem of a body that the serializer has refused.</summary>
    internal static async Task<ProblemDetails> Explain(HttpContext context, int status, JsonException refusal)
    {
        var faults = await Faults(context);
        if (faults.Count == 0)
        {
            return ProblemMapper.Make(status, "malformed-body", "Compare the body with the endpoint's schema at /openapi.",
                [("field", refusal.Path)]);
        }
        var first = faults[0];
        return ProblemMapper.Make(status, "malformed-body", first.ToString(), [("field", first.Path), ("value", first.Value),
            ("errors", faults.Select(fault => new { field = fault.Path, value = fault.Value, hint = fault.ToString() }))]);
    }

    static async Task<IReadOnlyList<JsonFault>> Faults(HttpContext context)
    {
        if (!context.Request.Body.CanSeek
            || EndpointOf(context)?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type)
        {
            return [];
        }
        var options = context.RequestServices.GetRequiredService<IOptions<HttpJsonOptions>>().Value.SerializerOptions;
        return JsonCheck.Faults(
            await Read(context), Schemas.GetOrAdd(type, SchemaOf, options),
            options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    }

    internal static Endpoint? EndpointOf(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();

    static async Task<string> Read(HttpContext context)
    {
        context.Request.Body.Position = 0;
        using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    static string SchemaOf(Type type, JsonSerializerOptions options) => options.GetJsonSchemaAsNode(
        type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe,
        }).ToJsonString();

    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var described = Exact.Describe(context, schema);
        if (context.PropertyInfo?.AttributeProvider?.IsDefined(typeof(SecretContentAttribute), inherit: false) == true)
            described["writeOnly"] = true;
        return described;
    }
}
