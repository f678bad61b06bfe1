using Mes.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Hosting;

/// <summary>Healthy where the service's database answers.</summary>
sealed class DatabaseHealth<TDb>(ServiceDatabase<TDb> database) : IHealthCheck where TDb : MesDbContext
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.Source.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
