using Mes.Persistence;
using Npgsql;

namespace Mes.Jobs;

/// <summary>The database let go of a job's lock while it ran: another process may run the job.</summary>
public sealed class JobLockLostException(string key, Exception inner)
    : Exception($"The lock of job '{key}' was lost with its connection.", inner);

/// <summary>
/// The right to run a job: an advisory lock of a session of its own. PostgreSQL drops it with the session, so a dead process
/// never blocks the job, and no timeout ends it under a living one.
/// </summary>
/// <remarks>Needs a direct connection to PostgreSQL, or a pooler in session mode.</remarks>
sealed class JobLock : IAsyncDisposable
{
    const int KeepAliveSeconds = 5;

    readonly NpgsqlConnection _session;
    readonly CancellationTokenSource _lost = new();
    readonly CancellationTokenSource _end = new();
    Task _watch = Task.CompletedTask;

    JobLock(NpgsqlConnection session)
    {
        _session = session;
        Lost = _lost.Token;
    }

    /// <summary>Signalled when the session broke, and the lock with it.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Waits for its turn, however long that takes; the wait costs the database nothing.</summary>
    public static async Task<JobLock> Take(string connectionString, string key, CancellationToken ct)
    {
        var sure = new NpgsqlConnectionStringBuilder(connectionString)
        {
            KeepAlive = KeepAliveSeconds, CommandTimeout = 0, MaxAutoPrepare = 0,
            // the other kind of sign of life is not given while a statement waits
            TcpKeepAlive = true, TcpKeepAliveTime = KeepAliveSeconds, TcpKeepAliveInterval = KeepAliveSeconds
        };
        var mine = new JobLock(await LockSession.Open(sure.ConnectionString, ct));
        try
        {
            // SQL: a lock of a session of its own, outside of any context
            await using var command = new NpgsqlCommand(
                "SELECT pg_advisory_lock(hashtextextended('mes.job ' || $1, 0))", mine._session)
            {
                Parameters = { new() { Value = key } }
            };
            await command.ExecuteNonQueryAsync(ct);
            mine._watch = mine.Watch();
            return mine;
        }
        catch
        {
            await mine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the lock back by ending the session.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        await _session.DisposeAsync();
        _end.Dispose();
        _lost.Dispose();
    }

    /// <summary>Listens to the connection, on which nothing comes but its end.</summary>
    async Task Watch()
    {
        try
        {
            while (true) await _session.WaitAsync(_end.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // given back
        }
        catch (Exception)
        {
            await _lost.CancelAsync();
        }
    }
}
