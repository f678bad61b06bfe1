using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Postgres;

/// <summary>
/// A real PostgreSQL that this process starts, watches, restarts when it dies, and stops. It listens on loopback only, asks
/// every connection for a password, and survives the death of either side: the data's lock ends with this process, and the
/// next start first stops a server that was left behind.
/// </summary>
public sealed partial class EmbeddedPostgres : IPostgres
{
    const int PortsTried = 5;
    static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(10);

    readonly List<InstanceLock> _locks;
    readonly Cluster _cluster;
    readonly ServerControl _control;
    readonly ILogger _logger;
    readonly TimeProvider _clock;
    readonly CancellationTokenSource _stopping = new();
    volatile Postmaster _postmaster;
    Task _watch = Task.CompletedTask;
    bool _stopped;

    EmbeddedPostgres(
        List<InstanceLock> locks, Cluster cluster, ServerControl control, Postmaster postmaster, (ILogger, TimeProvider) host)
    {
        (_locks, _cluster, _control, _postmaster) = (locks, cluster, control, postmaster);
        (_logger, _clock) = host;
        Secret = PostgresSecret.LoadOrCreate(cluster.SecretFile);
    }

    /// <summary>
    /// The folder in which PostgreSQL's files lie; <see cref="EmbeddedPostgresOptions"/> tells when outside the data folder.
    /// </summary>
    public string Folder => _cluster.Folder;

    /// <summary>The account under which the server runs.</summary>
    public string Account => _cluster.Account.Name;

    /// <summary>The loopback port; the same for the whole life of this object.</summary>
    public int Port => _postmaster.Port;

    /// <summary>The server's main process; another one after it died and was started again.</summary>
    public int ProcessId => _postmaster.ProcessId;

    /// <inheritdoc/>
    public PostgresSecret Secret { get; }

    /// <summary>Never ends: nobody else knows this server's passwords.</summary>
    public Task Lost { get; } = new TaskCompletionSource().Task;

    /// <inheritdoc/>
    public string AdminConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = "postgres",
        Username = ServerControl.Superuser,
        Password = Secret.PasswordOf(ServerControl.Superuser),
        MaxPoolSize = 4,
    }.ConnectionString;

    /// <summary>
    /// Starts the server of a data folder: fetches the programs and makes the data when they are missing, and recovers what
    /// a killed run left behind. Returns when it accepts connections.
    /// </summary>
    /// <exception cref="PostgresUnavailableException">
    /// Another instance uses the data, the programs cannot be had, the folder cannot be used, or the server does not start.
    /// </exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger,
        TimeProvider? clock = null)
    {
        var entry = Cluster.Entry(options.DataFolder);
        var locks = new List<InstanceLock> { InstanceLock.Take(entry) };
        try
        {
            var cluster = await Cluster.LocateAsync(entry, options);
            if (cluster.Folder != entry) locks.Add(InstanceLock.Take(cluster.Folder)); // a copied pointer shares the data
            var control = await PrepareAsync(cluster, options, logger);
            var postmaster = await StartOnFreePortAsync(cluster, control, options);
            LogStarted(logger, postmaster.Port, cluster.Folder, cluster.Account.Name);
            var server = new EmbeddedPostgres(locks, cluster, control, postmaster, (logger, clock ?? TimeProvider.System));
            server._watch = server.WatchAsync(server._stopping.Token);
            return server;
        }
        catch
        {
            locks.ForEach(held => held.Dispose());
            throw;
        }
    }

    /// <summary>Makes the databases and roles that are missing, see <see cref="PostgresProvisioner"/>.</summary>
    /// <returns>How each service connects, by its name.</returns>
    public Task<IReadOnlyDictionary<string, DatabaseAccess>> ProvisionAsync(
        IReadOnlyCollection<DatabaseSpec> databases, CancellationToken ct = default) =>
        PostgresProvisioner.ProvisionAsync(AdminConnectionString, Secret, databases, ct);

    /// <summary>Ends all sessions, stops the server with a checkpoint and frees the data. A second call does nothing.</summary>
    public async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await _stopping.CancelAsync();
        await _watch;
        await _control.StopAsync();
        _locks.ForEach(held => held.Dispose());
        _stopping.Dispose();
        LogStopped(_logger, Port);
    }

    /// <inheritdoc cref="StopAsync"/>
    public async ValueTask DisposeAsync() => await StopAsync();

    static async Task<ServerControl> PrepareAsync(Cluster cluster, EmbeddedPostgresOptions options, ILogger logger)
    {
        var programs = await PostgresPrograms.FindOrInstallAsync(
            options, cluster.Account, cluster.Folder, folder => LogInstalling(logger, PostgresPrograms.Version, folder));
        var control = new ServerControl(cluster, programs, options, logger);
        await control.InitializeAsync(PostgresSecret.LoadOrCreate(cluster.SecretFile));
        await control.ClearLeftoversAsync();
        return control;
    }

    // Between finding a port free and listening on it another program may take it.
    static async Task<Postmaster> StartOnFreePortAsync(Cluster cluster, ServerControl control, EmbeddedPostgresOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            var remembered = cluster.ReadState()?.Port ?? options.FirstPort;
            var port = LoopbackPort.IsFree(remembered) ? remembered : LoopbackPort.FirstFree(options.FirstPort);
            cluster.WriteState(new ClusterState(cluster.Account.Name, port));
            try
            {
                return await control.StartAsync(port);
            }
            catch (PostgresUnavailableException) when (attempt < PortsTried && !LoopbackPort.IsFree(port))
            {
            }
        }
    }

    async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(WatchPeriod, _clock);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stopping);
                if (!_postmaster.Runs(_cluster.DataDirectory)) await RestartAsync(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                LogWatchFailed(_logger, failure); // whatever it was: nobody else watches
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // The services hold connection strings with this port: it must be the same again, however long that takes.
    async Task RestartAsync(CancellationToken stopping)
    {
        var port = Port;
        LogDied(_logger, ProcessId);
        for (var wait = FirstRetry; ; wait = wait * 2 < LastRetry ? wait * 2 : LastRetry)
        {
            try
            {
                await _control.ClearLeftoversAsync();
                _postmaster = await _control.StartAsync(port);
                LogRestarted(_logger, ProcessId, port);
                return;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                LogRestartFailed(_logger, failure.Message, wait.TotalSeconds);
            }

            await Task.Delay(wait, _clock, stopping);
        }
    }

    [LoggerMessage(10, LogLevel.Information, "Fetching PostgreSQL {Version} into {Folder} (once)")]
    static partial void LogInstalling(ILogger logger, string version, string folder);

    [LoggerMessage(11, LogLevel.Information,
        "PostgreSQL listens on 127.0.0.1:{Port}; its data lies in {Folder}, run by {Account}")]
    static partial void LogStarted(ILogger logger, int port, string folder, string account);

    [LoggerMessage(12, LogLevel.Error, "PostgreSQL (process {ProcessId}) died: starting it again")]
    static partial void LogDied(ILogger logger, int processId);

    [LoggerMessage(13, LogLevel.Warning, "PostgreSQL runs again as process {ProcessId} on port {Port}")]
    static partial void LogRestarted(ILogger logger, int processId, int port);

    [LoggerMessage(14, LogLevel.Error, "PostgreSQL did not start: {Reason}; next try in {Seconds} s")]
    static partial void LogRestartFailed(ILogger logger, string reason, double seconds);

    [LoggerMessage(16, LogLevel.Error, "The watch over PostgreSQL failed and goes on")]
    static partial void LogWatchFailed(ILogger logger, Exception failure);

    [LoggerMessage(15, LogLevel.Information, "PostgreSQL on port {Port} is stopped")]
    static partial void LogStopped(ILogger logger, int port);
}
