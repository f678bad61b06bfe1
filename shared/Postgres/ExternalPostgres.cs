using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Postgres;

/// <summary>
/// One installation's claim on an external PostgreSQL: a session lock on the server against a second installation that would
/// give the same roles other passwords, and the lock of the data folder in which their secret lies. Where the server was
/// restarted, the claim is made anew. The server's lock is one of the administrator's database: installations that are told
/// different ones do not see each other.
/// </summary>
public sealed partial class ExternalPostgres : IPostgres
{
    const long LockKey = 0x4D45535F484F4C44; // "MES_HOLD"
    static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(5);

    // The server sees only after its keepalives, 9 s, that a session of ours was cut, and keeps its lock until then
    const int RefusalsMax = 3;
    const int UnlockSecondsMax = 5;

    readonly InstanceLock _folder;
    readonly CancellationTokenSource _stopping = new();
    readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ILogger _logger;
    NpgsqlConnection _session;
    Task _watch = Task.CompletedTask;

    ExternalPostgres(
        string adminConnectionString, InstanceLock folder, NpgsqlConnection session, PostgresSecret secret, ILogger logger)
    {
        (AdminConnectionString, Secret) = (adminConnectionString, secret);
        (_folder, _session, _logger) = (folder, session, logger);
    }

    /// <inheritdoc/>
    public string AdminConnectionString { get; }

    /// <inheritdoc/>
    public PostgresSecret Secret { get; }

    /// <inheritdoc/>
    public Task Lost => _lost.Task;

    /// <summary>Claims the server for the installation in a data folder.</summary>
    /// <exception cref="PostgresUnavailableException">
    /// Another instance uses the folder or the server, or the server does not answer.
    /// </exception>
    public static async Task<ExternalPostgres> ClaimAsync(string adminConnectionString, string dataFolder, ILogger logger)
    {
        var folder = InstanceLock.Take(dataFolder);
        try
        {
            var session = await TryLockAsync(adminConnectionString) ?? throw new PostgresUnavailableException(
                "The PostgreSQL server is already in use by another running installation. "
                + "Stop that one first, or use another server.");
            var secret = PostgresSecret.LoadOrCreate(Path.Combine(dataFolder, "secret"));
            var claim = new ExternalPostgres(adminConnectionString, folder, session, secret, logger);
            claim._watch = claim.WatchAsync();
            return claim;
        }
        catch (Exception failure)
        {
            folder.Dispose();
            if (failure is not NpgsqlException) throw;
            throw new PostgresUnavailableException($"The PostgreSQL server does not answer: {failure.Message}", failure);
        }
    }

    /// <summary>Gives both up.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch;
        await UnlockAsync();
        await _session.DisposeAsync();
        _folder.Dispose();
        _stopping.Dispose();
    }

    /// <summary>The server would free the lock some time after the session has ended; the next one may come at once.</summary>
    async Task UnlockAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({LockKey})", _session)
            {
                CommandTimeout = UnlockSecondsMax
            };
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception)
        {
            // whatever it is: the lock goes with the session
        }
    }

    /// <summary>The session that holds the lock, or null where another one does.</summary>
    static async Task<NpgsqlConnection?> TryLockAsync(string adminConnectionString)
    {
        var own = new NpgsqlConnectionStringBuilder(adminConnectionString) { Pooling = false, ApplicationName = "mes" };
        own.Options += " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=2";
        var session = new NpgsqlConnection(own.ConnectionString);
        try
        {
            await session.OpenAsync();
            // SQL: a lock of a session of its own, outside of any context
            await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", session);
            if ((bool)(await command.ExecuteScalarAsync())!) return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
        await session.DisposeAsync();
        return null;
    }

    async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(WatchPeriod);
        var refusals = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                refusals = await IsHeldAsync() || await TryClaimAnewAsync() ? 0 : refusals + 1;
                if (refusals < RefusalsMax) continue;
                LogLost(_logger);
                _lost.TrySetResult();
                return;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task<bool> IsHeldAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT 1", _session);
            await command.ExecuteScalarAsync();
            return true;
        }
        catch (Exception)
        {
            return false;       // whatever is wrong with it: a session is made anew
        }
    }

    /// <summary>False only where another session holds the server; while it does not answer there is time.</summary>
    async Task<bool> TryClaimAnewAsync()
    {
        try
        {
            await _session.DisposeAsync();      // it may live and be slow alone, and would hold the lock against its successor
            if (await TryLockAsync(AdminConnectionString) is not { } session) return false;
            _session = session;
        }
        catch (Exception away)
        {
            LogAway(_logger, away.Message);
        }
        return true;
    }

    [LoggerMessage(17, LogLevel.Warning, "The PostgreSQL server does not answer: {Reason}")]
    static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(18, LogLevel.Critical, "Another installation has taken the PostgreSQL server; this one stops")]
    static partial void LogLost(ILogger logger);
}
