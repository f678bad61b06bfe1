using Npgsql;

namespace Mes.Persistence;

/// <summary>
/// The turn of one process at what only one does at a time: an advisory lock until its transaction ends. That of a host that is
/// gone, or of a process that is frozen, the server ends after a minute.
/// </summary>
public static class Turn
{
    const string EndsWhenIdle = "set_config('idle_in_transaction_session_timeout', '60s', true)";

    /// <summary>Waits for it, however long the others take.</summary>
    public static async Task Wait(NpgsqlConnection connection, long key, CancellationToken ct)
    {
        await using var command = Command(connection, $"SELECT pg_advisory_xact_lock($1), {EndsWhenIdle}", key);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes it where it is free.</summary>
    /// <returns>False where another one has it.</returns>
    public static async Task<bool> Try(NpgsqlConnection connection, long key, CancellationToken ct)
    {
        await using var command = Command(connection, $"SELECT pg_try_advisory_xact_lock($1), {EndsWhenIdle}", key);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    // SQL: a lock of the transaction that the caller has begun on a connection
    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, long key) =>
        new(sql, connection) { Parameters = { new() { Value = key } } };
}
