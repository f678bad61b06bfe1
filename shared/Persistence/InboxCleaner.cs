using Npgsql;

namespace Mes.Persistence;

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
            // SQL: old rows by the thousand, found by their place in the table
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
