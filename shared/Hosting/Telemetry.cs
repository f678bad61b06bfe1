using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mes.Hosting;

/// <summary>
/// Sends traces and metrics to the OTLP endpoint in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (HTTP); none set, none sent. Registered before every
/// other hosted service, so that the listeners exist when they start.
/// </summary>
sealed class Telemetry(string service, IConfiguration configuration) : IHostedService
{
    static readonly string[] Sources =
        ["Microsoft.AspNetCore", "System.Net.Http", "Yarp.ReverseProxy", "MassTransit", "Npgsql", "Mes.*"];

    static readonly string[] Meters =
        ["Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql", "MassTransit", "Mes.*"];

    OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint)
        {
            _sdk = OpenTelemetrySdk.Create(builder => builder
                .ConfigureResource(resource => resource.AddService(service))
                .WithTracing(tracing => tracing.AddSource(Sources)
                    .AddOtlpExporter(options => Export(options, endpoint, "/v1/traces")))
                .WithMetrics(metrics => metrics.AddMeter(Meters)
                    .AddOtlpExporter(options => Export(options, endpoint, "/v1/metrics"))));
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _sdk?.Dispose();
        return Task.CompletedTask;
    }

    static void Export(OtlpExporterOptions options, string endpoint, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;     // with this protocol the exporter does not add the path
        options.Endpoint = new Uri(new Uri(endpoint), path);
    }
}
