using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Messaging;

/// <summary>Forgets message ids after 30 days and commands after 90: long after anything could be repeated.</summary>
sealed class InboxCleaner<TDb>(ServiceDatabase<TDb> database, TimeProvider clock, ILogger<InboxCleaner<TDb>> log)
    : BackgroundService where TDb : MesDbContext
{
    const int RowsPerStatement = 5_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await hourly.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Clean("inbox", "applied_at", 30, stoppingToken);
                await Clean("command_log", "logged_at", 90, stoppingToken);
            }
            catch (NpgsqlException failure)
            {
                MessagingLog.DispatchStopped(log, database.Service, failure.Message);
            }
        }
    }

    async Task Clean(string table, string column, int days, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(
            $"DELETE FROM {table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {column} < $1 LIMIT {RowsPerStatement}))");
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow().AddDays(-days) });
        while (await command.ExecuteNonQueryAsync(ct) == RowsPerStatement)
        {
            // bounded statements, so that no clean-up holds rows for long
        }
    }
}
