using System.Globalization;
using Mes.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Mes.Tests.Support;

/// <summary>
/// A throw-away PostgreSQL for tests that hands out fresh databases. <see cref="SharedAsync"/> is the usual one; a test that
/// kills its server starts its own with <see cref="StartAsync"/>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>
    /// Holds the administrator's connection string of the run's server, or <c>none</c> where there cannot be one.
    /// </summary>
    public const string Variable = "MES_TEST_POSTGRES";

    const string Missing = "PostgreSQL could not be fetched by npm. Connect to the npm registry; needs Node.js 20.";

    static readonly Lazy<Task<PostgresServer>> Shared = new(StartSharedAsync);
    static int _databases;

    readonly EmbeddedPostgres? _own;
    readonly TestFolder? _folder;
    readonly PostgresSecret _secret;

    PostgresServer(string adminConnectionString, EmbeddedPostgres? own = null, TestFolder? folder = null)
    {
        (AdminConnectionString, _own, _folder) = (adminConnectionString, own, folder);
        // The suites of one run share the roles: all must derive the same passwords.
        _secret = PostgresSecret.From(new NpgsqlConnectionStringBuilder(adminConnectionString).Password ?? "");
    }

    /// <summary>Connects as the server's administrator.</summary>
    public string AdminConnectionString { get; }

    /// <summary>The server's main process, of a server this process started.</summary>
    /// <exception cref="InvalidOperationException">The server is the run's, not this process's.</exception>
    public int ProcessId => _own?.ProcessId ?? throw new InvalidOperationException("the server belongs to the run");

    /// <summary>The server of this run, or else of this process: started at the first call, gone at the end.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>Starts a server of the caller's own.</summary>
    /// <param name="durable">True where the test kills the server and looks for what was committed.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var folder = TestFolder.Create("postgres");
        try
        {
            var options = new EmbeddedPostgresOptions
            {
                DataFolder = folder.Path,
                Durable = durable,
                SharedBuffersMebibytes = 128,
                FirstPort = FirstPort(),
                MaxConnections = 500,
            };
            var server = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance);
            return new PostgresServer(server.AdminConnectionString, server, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes an empty database, with the roles and rights it has in an installation.</summary>
    /// <param name="service">The service in lower case, such as <c>inventory</c>.</param>
    public Task<TestDatabase> CreateDatabaseAsync(string service) => ProvisionAsync(service, NextSpec(service));

    /// <summary>Makes a copy of a database, to which nobody connects any more.</summary>
    /// <param name="service">The service of both.</param>
    /// <param name="original">What is copied.</param>
    public async Task<TestDatabase> CopyDatabaseAsync(string service, TestDatabase original)
    {
        var spec = NextSpec(service);
        await using var admin = NpgsqlDataSource.Create(AdminConnectionString);
        await using var copy = admin.CreateCommand(
            $"CREATE DATABASE {spec.Database} OWNER {spec.OwnerRole} TEMPLATE {original.Name}");
        copy.CommandTimeout = 0;
        await copy.ExecuteNonQueryAsync();
        return await ProvisionAsync(service, spec);
    }

    /// <summary>Stops the server and deletes its data; the run's server stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_own is not null) await _own.DisposeAsync();
        _folder?.Dispose();
    }

    static DatabaseSpec NextSpec(string service)
    {
        var number = Interlocked.Increment(ref _databases);
        return new(service, string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}_{number}"));
    }

    // what is there already stays as it is, and gets its rights
    async Task<TestDatabase> ProvisionAsync(string service, DatabaseSpec spec)
    {
        var made = await PostgresProvisioner.ProvisionAsync(AdminConnectionString, _secret, [spec]);
        return new TestDatabase(AdminConnectionString, made[service]);
    }

    static async Task<PostgresServer> StartSharedAsync()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (given == "none") Assert.Skip(Missing);
        if (!string.IsNullOrEmpty(given)) return new PostgresServer(given);
        var server = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => AtExit.Stop(server);
        return server;
    }

    // Servers that start at the same moment should not all try the same ports.
    static int FirstPort() => 16000 + (Random.Shared.Next(100) * 50);
}

/// <summary>A database of a test, dropped when disposed.</summary>
public sealed class TestDatabase(string adminConnectionString, DatabaseAccess access) : IAsyncDisposable
{
    /// <summary>The database's name.</summary>
    public string Name => access.Database;

    /// <summary>Connects as the running service: no DDL.</summary>
    public string AppConnectionString => access.AppConnectionString;

    /// <summary>Connects as the owner: for migrations and for looking behind the scenes.</summary>
    public string OwnerConnectionString => access.OwnerConnectionString;

    /// <summary>Ends all sessions, and lets nobody connect any more: it can be copied.</summary>
    public async Task Close()
    {
        await using var admin = NpgsqlDataSource.Create(adminConnectionString);
        await using var close = admin.CreateCommand($"ALTER DATABASE {Name} ALLOW_CONNECTIONS false");
        await close.ExecuteNonQueryAsync();
        const int BoundMs = 60_000;
        await using var end = admin.CreateCommand(
            $"SELECT count(pg_terminate_backend(pid, {BoundMs})) FROM pg_stat_activity WHERE datname = '{Name}'");
        end.CommandTimeout = 0;
        await end.ExecuteNonQueryAsync();
    }

    /// <summary>Drops the database with whatever sessions are left.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var connectionString in new[] { AppConnectionString, OwnerConnectionString })
        {
            await using var pooled = new NpgsqlConnection(connectionString);
            NpgsqlConnection.ClearPool(pooled);
        }

        await using var admin = NpgsqlDataSource.Create(adminConnectionString);
        await using var drop = admin.CreateCommand($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
        await Poll.Until(() => DropAsync(drop), TimeSpan.FromMinutes(1), $"{Name} is dropped");
    }

    /// <summary>The server itself waits only five seconds for the sessions that it has ended.</summary>
    static async Task<bool> DropAsync(NpgsqlCommand drop)
    {
        await drop.ExecuteNonQueryAsync();
        return true;
    }
}
