using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Messaging;

/// <summary>Forgets message ids after 30 days and commands after 90: long after anything could be repeated.</summary>
public sealed class InboxCleaner<TDb>(ServiceDatabase<TDb> database, TimeProvider clock) where TDb : MesDbContext
{
    const int RowsPerStatement = 5_000;

    /// <summary>Deletes what is old enough, by short statements: no clean-up holds rows for long.</summary>
    /// <returns>How many rows went.</returns>
    public async Task<int> Clean(CancellationToken ct) =>
        await Clean("inbox", "applied_at", 30, ct) + await Clean("command_log", "logged_at", 90, ct);

    async Task<int> Clean(string table, string column, int days, CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-days);
        for (var all = 0; ;)
        {
            await using var command = database.Source.CreateCommand(
                $"""
                DELETE FROM {table}
                WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {column} < $1 LIMIT {RowsPerStatement}))
                """);
            command.Parameters.Add(new NpgsqlParameter { Value = before });
            var rows = await command.ExecuteNonQueryAsync(ct);
            all += rows;
            if (rows < RowsPerStatement)
            {
                return all;
            }
        }
    }
}

/// <summary>Cleans soon after the start, when that is over, and every hour.</summary>
sealed class InboxCleaning<TDb>(
    InboxCleaner<TDb> cleaner, ServiceDatabase<TDb> database, TimeProvider clock, ILogger<InboxCleaning<TDb>> log)
    : BackgroundService where TDb : MesDbContext
{
    static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; ; wait = Period)
        {
            await Task.Delay(wait, clock, stoppingToken);
            try
            {
                MessagingLog.Cleaned(log, database.Service, await cleaner.Clean(stoppingToken));
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                MessagingLog.NotCleaned(log, database.Service, failure.Message);
            }
        }
    }
}
