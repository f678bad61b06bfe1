using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mes.Web;

/// <summary>
/// Sends traces, metrics and logs by OTLP over HTTP to the address in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; with none set, nothing
/// is measured and none sent.
/// </summary>
static class Telemetry
{
    public static void AddOtlp(this IServiceCollection services, string service, IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } endpoint) return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service))
            .WithTracing(Trace)
            .WithMetrics(Measure)
            .WithLogging()
            .UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, new Uri(endpoint));      // appends /v1/traces and so on
    }

    static void Trace(TracerProviderBuilder tracing) => tracing
        .SetSampler(new ParentBasedSampler(new NoLoneCalls()))
        .AddAspNetCoreInstrumentation(options => options.Filter = static http => !http.Request.Path.StartsWithSegments("/health"))
        .AddHttpClientInstrumentation()
        .AddNpgsql()        // not Entity Framework's as well: it would show each statement twice
        .AddSource("Yarp.ReverseProxy", "MassTransit", "Mes.*");

    static void Measure(MeterProviderBuilder metrics) => metrics
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation()
        .AddRuntimeInstrumentation()
        .AddNpgsqlInstrumentation()
        .AddMeter("Yarp.ReverseProxy", "MassTransit", "Mes.*");
}

/// <summary>
/// A trace begins with a request, a message or a job. A call to another that belongs to none is a poll: there are many a second,
/// and each would be a trace of its own.
/// </summary>
sealed class NoLoneCalls : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => new(
        samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
