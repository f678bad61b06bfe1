using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mes.Hosting.Jobs;
using Npgsql;

[assembly: AssemblyFixture(typeof(Mes.Jobs.Tests.Postgres))]

namespace Mes.Jobs.Tests;

/// <summary>A PostgreSQL of the tests' own; each test gets a database with the jobs' tables.</summary>
/// <remarks>The programs lie in <c>MES_POSTGRES_BIN</c>; without it the tests that need them are skipped.</remarks>
public sealed class Postgres : IAsyncLifetime
{
    readonly string _folder = Path.Combine(Path.GetTempPath(), $"mes-jobs-{Environment.ProcessId}");
    readonly string _programs = Environment.GetEnvironmentVariable("MES_POSTGRES_BIN") ?? "";
    readonly int _port = FreePort();
    int _databases;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(_programs, "initdb"))) return;
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "nobody", _folder);
        await RunAsync("initdb", "-D", Data, "-U", "owner", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N",
            "--no-instructions");
        await RunAsync("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-s", "-o",
            $"-p {_port} -F -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=300",
            "start");
        await ExecuteAsync(ConnectionString("postgres", "owner"), "CREATE ROLE app LOGIN");
    }

    /// <summary>A new database whose tables the owner made; the answer connects as a role without DDL.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        Assert.SkipUnless(Directory.Exists(Data), "Skipped: set MES_POSTGRES_BIN to the folder of initdb and pg_ctl.");
        var name = $"jobs_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(ConnectionString("postgres", "owner"), $"CREATE DATABASE {name}");
        await ExecuteAsync(ConnectionString(name, "owner"), JobsSchema.Sql);
        await ExecuteAsync(ConnectionString(name, "owner"), JobsSchema.Sql);
        await ExecuteAsync(ConnectionString(name, "owner"),
            """
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            GRANT USAGE ON SCHEMA public TO app;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app;
            """);
        return ConnectionString(name, "app");
    }

    /// <summary>Executes statements in the database of another connection string, as the owner.</summary>
    public static async Task<object?> AsOwnerAsync(string connectionString, string sql)
    {
        await using var owner = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { Username = "owner", Pooling = false });
        await using var command = owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(Data)) return;
        await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "-s", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    string Data => Path.Combine(_folder, "data");

    string ConnectionString(string database, string user) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username={user};Maximum Pool Size=30";

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    async Task RunAsync(string program, params string[] arguments)
    {
        var own = File.Exists(Path.Combine(_programs, program));
        string[] prefix = own && Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", Path.Combine(_programs, program)]
            : [own ? Path.Combine(_programs, program) : program];
        var start = new ProcessStartInfo(prefix[0], [.. prefix[1..], .. arguments]) { WorkingDirectory = _folder };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    static int FreePort()
    {
        for (var port = 24000; port < 25000; port++)
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
        throw new InvalidOperationException("No port is free between 24000 and 24999.");
    }
}
