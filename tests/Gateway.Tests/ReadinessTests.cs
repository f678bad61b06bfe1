using System.Diagnostics;
using Mes.Tests.Support;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

/// <summary>Readiness tells within two seconds that the database takes no writes, and by itself that it does again.</summary>
public sealed class ReadinessTests
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_frozen_database_is_told_in_time_and_its_recovery_too()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await server.CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System);
        using var client = gateway.Client();
        (await client.GetAsync("/health/ready")).Status.ShouldBe(200);

        await Signal("STOP", server.ProcessId);
        try
        {
            for (var i = 0; i < 2; i++) (await Ready(client)).ShouldContain("database-not-answering");
        }
        finally
        {
            await Signal("CONT", server.ProcessId);
        }

        await Poll.Until(
            async () => (await client.GetAsync("/health/ready")).Status == 200, TimeSpan.FromSeconds(30), "it is ready");
    }

    [Fact]
    public async Task A_stopped_database_is_told_in_time()
    {
        var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System);
        using var client = gateway.Client();
        (await client.GetAsync("/health/ready")).Status.ShouldBe(200);

        await server.DisposeAsync();

        (await Ready(client)).ShouldContain("database-unavailable");
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
            TimeSpan.FromSeconds(10), "it is told");
        (await client.GetAsync("/health/live")).Status.ShouldBe(200);
    }

    static async Task<string> Ready(TestClient client)
    {
        var watch = Stopwatch.StartNew();
        var answer = await client.GetAsync("/health/ready");
        watch.Elapsed.ShouldBeLessThan(Bound + TimeSpan.FromSeconds(1)); // a machine that is busy with other suites
        answer.Status.ShouldBe(503);
        return answer.Text;
    }

    // The server and the processes that serve its connections
    static async Task Signal(string signal, int processId)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {processId} $(pgrep -P {processId})"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    static async Task Run(Npgsql.NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
