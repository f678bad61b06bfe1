using System.Diagnostics;
using Mes.Tests.Support;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

/// <summary>Readiness tells within two seconds that the database takes no writes, and by itself that it does again.</summary>
public sealed class ReadinessTests
{
    static readonly TimeSpan InTime = TimeSpan.FromSeconds(3);      // two, and what it takes to ask
    static readonly TimeSpan ToldBound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_frozen_database_is_told_in_time_and_its_recovery_too()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await server.CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System);
        using var client = gateway.Client();
        await client.UntilReadyAsync();

        await Signal("STOP", server.ProcessId);
        try
        {
            await ShouldBeToldInTime(client, "not-answering");
        }
        finally
        {
            await Signal("CONT", server.ProcessId);
        }

        await client.UntilReadyAsync();
    }

    [Fact]
    public async Task A_stopped_database_is_told_in_time()
    {
        var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System);
        using var client = gateway.Client();
        await client.UntilReadyAsync();

        await server.DisposeAsync();

        await Poll.Until(
            async () => (await Ready(client)).Text.Contains("database-unavailable"), ToldBound, "it is told by name");
        await ShouldBeToldInTime(client, "database-unavailable");
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_is_not_ready()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await server.CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System);
        using var client = gateway.Client();
        await using var source = Npgsql.NpgsqlDataSource.Create(server.AdminConnectionString);
        await Run(source, $"alter database {database.Name} set default_transaction_read_only = on");
        await Run(source, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database.Name}'");

        await Poll.Until(async () => (await client.GetAsync("/health/ready")).Text.Contains("database-read-only"),
            ToldBound, "it is told");
        (await client.GetAsync("/health/live")).Status.ShouldBe(200);
    }

    /// <summary>
    /// Every write to <c>/dev/full</c> is answered as by a full disk: the table that the check writes to grows into it.
    /// </summary>
    [Fact]
    public async Task A_full_disk_is_told_by_name_and_free_space_too()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await server.CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System);
        using var client = gateway.Client();
        await using var source = Npgsql.NpgsqlDataSource.Create(
            new Npgsql.NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = database.Name }.ConnectionString);
        var file = await Run(source, "select current_setting('data_directory') || '/' || pg_relation_filepath('command_log')");
        new FileInfo(file).Length.ShouldBe(0, "what is in the table would be missed");

        File.Move(file, file + ".aside");
        File.CreateSymbolicLink(file, "/dev/full");
        await OpenFilesAnew();
        await Poll.Until(async () => (await Ready(client)).Text.Contains("disk-full"), ToldBound, "it is told");
        (await client.GetAsync("/health/live")).Status.ShouldBe(200);

        File.Move(file + ".aside", file, overwrite: true);
        await OpenFilesAnew();
        await client.UntilReadyAsync();

        Task OpenFilesAnew() => Run(source, """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """);
    }

    static async Task ShouldBeToldInTime(TestClient client, string what)
    {
        for (var (asks, inTime) = (1, 0); inTime < 2; asks++)
        {
            asks.ShouldBeLessThan(6, "beside other suites an answer may be late, not each");
            var (text, took) = await Ready(client);
            text.ShouldContain(what);
            if (took < InTime) inTime++;
        }
    }

    static async Task<(string Text, TimeSpan Took)> Ready(TestClient client)
    {
        var watch = Stopwatch.StartNew();
        var answer = await client.GetAsync("/health/ready");
        answer.Status.ShouldBe(503);
        return (answer.Text, watch.Elapsed);
    }

    // The server and the processes that serve its connections, of which some may have ended meanwhile
    static async Task Signal(string signal, int processId)
    {
        using var kill = Process.Start("sh",
            ["-c", $"kill -{signal} {processId} && {{ kill -{signal} $(pgrep -P {processId}); true; }}"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    static async Task<string> Run(Npgsql.NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync()}";
    }
}
