using Npgsql;

namespace Mes.Messaging;

/// <summary>Forgets message ids after 30 days and commands after 90: long after anything could be repeated.</summary>
public sealed class InboxCleaner<TDb>(ServiceDatabase<TDb> database, TimeProvider clock) where TDb : MesDbContext
{
    const int RowsPerStatement = 5_000;

    /// <summary>Forgets what is old.</summary>
    public async Task Clean(CancellationToken ct)
    {
        await Clean("inbox", "applied_at", 30, ct);
        await Clean("command_log", "logged_at", 90, ct);
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
