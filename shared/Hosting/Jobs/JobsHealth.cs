using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Hosting.Jobs;

/// <summary>Healthy where this process takes runs and tells the others that it lives.</summary>
sealed class JobsHealth(JobControl jobs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await jobs.IsAliveAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The job engine does not run, or has not checked in.");
}
