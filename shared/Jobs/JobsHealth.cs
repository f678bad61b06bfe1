using Mes.Persistence;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Mes.Jobs;

/// <summary>Healthy where this process's job server shows signs of life and no engine lock outlives its holder.</summary>
sealed class JobsHealth<TDb>(Jobs<TDb> jobs, TimeProvider clock) : IHealthCheck where TDb : MesDbContext
{
    /// <summary>Twice what a lock may be held, and more than three heartbeats.</summary>
    static readonly TimeSpan SilenceMax = 2 * JobModule.EngineLockTimeout;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // SQL: tables of the jobs' engine, in no context of ours
        await using var command = jobs.Source.CreateCommand(
            $"""
            SELECT coalesce((SELECT max(lastheartbeat) FROM {JobModule.Schema}.server WHERE id LIKE $1) > now() - $2, false),
                EXISTS (SELECT FROM {JobModule.Schema}.lock
                    WHERE resource LIKE '%recurring-jobs:lock' AND acquired < now() - $2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = $"{jobs.ServerName}:%" });
        command.Parameters.Add(new NpgsqlParameter { Value = SilenceMax });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        if (!row.GetBoolean(0) && clock.GetUtcNow() - jobs.Since > SilenceMax)
        {
            return HealthCheckResult.Unhealthy("The job server does not run, or has not shown a sign of life.");
        }
        return row.GetBoolean(1)
            ? HealthCheckResult.Unhealthy(
                "The lock of the schedules outlived its holder: no schedule comes due. It goes by itself; "
                + "where it does not, delete its row.")
            : HealthCheckResult.Healthy();
    }
}
