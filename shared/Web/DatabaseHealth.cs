using Mes.Persistence;
using Mes.Web.Problems;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Mes.Web;

/// <summary>
/// Healthy where the service's database takes a write, which a full disk, a stopped or frozen server and a standby do not. A
/// check that hangs is not begun a second time, but waited for; <see cref="BoundedChecks"/> answers meanwhile.
/// </summary>
sealed class DatabaseHealth<TDb>(ServiceDatabase<TDb> database) : IHealthCheck where TDb : MesDbContext
{
    // A row as of a command, and more rows than memory is allowed for: both need room on the disk, neither stays
    // SQL: what is asked is whether the server can write, not for any row
    const string Write = """
        SET LOCAL work_mem = '64kB';
        INSERT INTO command_log (scope, command_id, content_hash, status) VALUES ('health', gen_random_uuid(), '', 0);
        SELECT count(*) FROM generate_series(1, 10000)
        """;

    readonly Lock _one = new();
    Task<HealthCheckResult> _check = Task.FromResult(HealthCheckResult.Healthy());

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_one)
        {
            return _check.IsCompleted ? _check = Check() : _check;
        }
    }

    async Task<HealthCheckResult> Check()
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();     // its end takes all back
            await using var command = new NpgsqlCommand(Write, connection, transaction) { CommandTimeout = 5 };
            await command.ExecuteNonQueryAsync();
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException failure)
        {
            return HealthCheckResult.Unhealthy(ProblemMapper.Map(failure).Extensions["code"] as string);
        }
    }
}
