using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Mes.Hosting.Problems;

/// <summary>Says what is wrong with a JSON body that cannot be read: place, value, and what belongs there.</summary>
public static class MalformedBody
{
    static readonly ConcurrentDictionary<Type, string> Schemas = new();

    /// <summary>Keeps JSON bodies until the answer, so that a wrong one can be looked at again.</summary>
    public static IApplicationBuilder UseReadableBodies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.HasJsonContentType()) context.Request.EnableBuffering(MesService.BodyBytesMax);
        return next(context);
    });

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
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        if (!context.Request.Body.CanSeek || endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type)
        {
            return [];
        }
        context.Request.Body.Position = 0;
        using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
        var options = context.RequestServices.GetRequiredService<IOptions<HttpJsonOptions>>().Value.SerializerOptions;
        return JsonCheck.Faults(
            await reader.ReadToEndAsync(context.RequestAborted), Schemas.GetOrAdd(type, SchemaOf, options),
            options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    }

    static string SchemaOf(Type type, JsonSerializerOptions options) => options.GetJsonSchemaAsNode(
        type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).ToJsonString();
}
