using System.Data;
using Mes.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Mes.Hosting;

/// <summary>
/// Healthy where the service's database takes a write, which a full disk, a stopped or frozen server and a standby do not.
/// The answer comes within <see cref="AnswerSecondsMax"/>; a check that hangs is not asked a second time, but waited for.
/// </summary>
sealed class DatabaseHealth<TDb>(ServiceDatabase<TDb> database, TimeProvider clock) : IHealthCheck where TDb : MesDbContext
{
    const double AnswerSecondsMax = 1.5;

    // A row as of a command, and a sort that overflows into a file: both need room on the disk, neither stays
    const string Write = """
        BEGIN;
        SET LOCAL work_mem = '64kB';
        INSERT INTO command_log (scope, command_id, content_hash, status) VALUES ('health', gen_random_uuid(), '', 0);
        SELECT count(*) FROM generate_series(1, 10000);
        ROLLBACK
        """;

    const string Away = "database-unavailable: the database cannot be reached.";

    readonly Lock _one = new();
    Task _check = Task.CompletedTask;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await Current().WaitAsync(TimeSpan.FromSeconds(AnswerSecondsMax), clock, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy("database-not-answering: the database does not answer in time.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(Why(failure));
        }
    }

    Task Current()
    {
        lock (_one)
        {
            return _check.IsCompleted ? _check = Check() : _check;
        }
    }

    async Task Check()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Write, connection) { CommandTimeout = 5 };
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException) when (connection.State == ConnectionState.Open)
        {
            await using var end = new NpgsqlCommand("ROLLBACK", connection); // connections go back to the pool as they are
            await end.ExecuteNonQueryAsync();
            throw;
        }
    }

    static string Why(Exception failure) => failure is PostgresException postgres
        ? postgres.SqlState switch
        {
            PostgresErrorCodes.DiskFull => "disk-full: the disk of the database is full. Free space.",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Away,
            PostgresErrorCodes.ReadOnlySqlTransaction => "database-read-only: the database takes no writes.",
            _ => $"database-refuses: the database refuses a write ({postgres.SqlState}).",
        }
        : Away;
}
