using Mes.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Standalone;

/// <summary>The gateway's readiness includes that of the services behind it, with their consumers.</summary>
sealed class ServicesHealth(HealthCheckService services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var report = await services.CheckHealthAsync(cancellationToken);
        var parts = report.Entries.Select(part =>
            $"{part.Key}: {HealthReportWriter.Why(part.Value) ?? part.Value.Status.ToString()}");
        return new HealthCheckResult(report.Status, string.Join("; ", parts));
    }
}
