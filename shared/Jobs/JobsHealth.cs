using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Mes.Jobs;

/// <summary>Healthy where this process's job server shows signs of life and no engine lock outlives its holder.</summary>
sealed class JobsHealth(JobModule module, JobServer server, TimeProvider clock) : IHealthCheck
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Twice what a lock may be held, and more than three heartbeats.</summary>
    static readonly TimeSpan SilenceMax = 2 * JobModule.EngineLockTimeout;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = module.Source.CreateCommand(
            $"""
            SELECT (SELECT max(lastheartbeat) FROM {JobModule.Schema}.server WHERE id LIKE $1) > now() - $2,
                EXISTS (SELECT FROM {JobModule.Schema}.lock
                    WHERE resource LIKE '%recurring-jobs:lock' AND acquired < now() - $2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = $"{server.Name}:%" });
        command.Parameters.Add(new NpgsqlParameter { Value = SilenceMax });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var isNew = clock.GetUtcNow() - server.Since < SilenceMax;
        var isAlive = isNew || (!await row.IsDBNullAsync(0, cancellationToken) && row.GetBoolean(0));
        return (IsAlive: isAlive, IsStuck: row.GetBoolean(1)) switch
        {
            { IsAlive: false } => HealthCheckResult.Unhealthy("The job server does not run, or has not shown a sign of life."),
            { IsStuck: true } => HealthCheckResult.Unhealthy(
                "The lock of the schedules outlived its holder: no schedule comes due. It goes by itself; "
                + "where it does not, delete its row."),
            _ => HealthCheckResult.Healthy()
        };
    }
}
