using Npgsql;

namespace Mes.Persistence;

/// <summary>A session for an advisory lock, which ends with it.</summary>
public static class LockSession
{
    // of a host that is gone the server hears nothing: left to the system, it would keep the lock for two hours
    const string GoneAfter20Seconds =
        """
        SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 20000
        """;

    /// <summary>
    /// Opens a connection outside the pool: closing it ends the session and with it the lock, while a pooled session would
    /// keep it until its next use.
    /// </summary>
    public static async Task<NpgsqlConnection> Open(string connectionString, CancellationToken ct)
    {
        var outsidePool = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var session = new NpgsqlConnection(outsidePool.ConnectionString);
        try
        {
            await session.OpenAsync(ct);
            // SQL: a session of its own, outside of any context
            await using var command = new NpgsqlCommand(GoneAfter20Seconds, session);
            await command.ExecuteNonQueryAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
