using Mes.Tests.Support;
using Shouldly;
using Xunit;

namespace Mes.Postgres.Tests;

/// <summary>The process that hosts the server is killed, interrupted, or started twice.</summary>
public sealed class KilledHostTests : IDisposable
{
    readonly TestFolder _folder = TestFolder.Create("host");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_kill_9_of_the_host_the_next_one_takes_over_from_the_server_left_behind()
    {
        var first = await HostProcess.StartAsync(_folder.Path);
        await Facts.WriteAsync(first.Ready.AdminConnectionString, 1);
        await first.KillAsync();
        (await Facts.ReadAsync(first.Ready.AdminConnectionString)).ShouldBe([1], "the server outlives its host");

        await using var second = await HostProcess.StartAsync(_folder.Path);
        second.Ready.ProcessId.ShouldNotBe(first.Ready.ProcessId);
        Shell.IsAlive(first.Ready.ProcessId).ShouldBeFalse("two servers on one data folder");
        (await Facts.ReadAsync(second.Ready.AdminConnectionString)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_session_lock_that_a_killed_host_held_is_free_after_the_next_start()
    {
        var first = await HostProcess.StartAsync(_folder.Path);
        await using var holder = new Npgsql.NpgsqlConnection(first.Ready.AdminConnectionString);
        await holder.OpenAsync();
        await using (var take = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(1)", holder)) await take.ExecuteNonQueryAsync();
        await first.KillAsync();

        await using var second = await HostProcess.StartAsync(_folder.Path);
        await using var source = Npgsql.NpgsqlDataSource.Create(second.Ready.AdminConnectionString);
        await using var retake = source.CreateCommand("SELECT pg_try_advisory_lock(1)");
        (await retake.ExecuteScalarAsync()).ShouldBe(true);
    }

    [Fact]
    public async Task After_kill_9_of_both_sides_nothing_that_was_committed_is_lost()
    {
        var first = await HostProcess.StartAsync(_folder.Path);
        await Facts.WriteAsync(first.Ready.AdminConnectionString, 1);
        await first.KillAsync();
        Shell.Kill(first.Ready.ProcessId);

        await using var second = await HostProcess.StartAsync(_folder.Path);
        (await Facts.ReadAsync(second.Ready.AdminConnectionString)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_by_name_of_the_first()
    {
        await using var first = await HostProcess.StartAsync(_folder.Path);
        var said = await HostProcess.RefusedAsync(_folder.Path);
        said.ShouldContain("already in use");
        said.ShouldContain($"process {first.Id}");
        (await Facts.ShowAsync(first.Ready.AdminConnectionString, "fsync")).ShouldBe("on");
    }

    [Fact]
    public async Task Ctrl_C_reaches_the_host_alone_which_then_stops_the_server_in_good_order()
    {
        await using var host = await HostProcess.StartAsync(_folder.Path);
        (await host.InterruptGroupAsync()).ShouldBe(0);
        Shell.IsAlive(host.Ready.ProcessId).ShouldBeFalse();
        var log = Path.Combine(host.Ready.Folder, "pgdata", "log");     // the process that writes it may end last
        await Poll.Until(
            () => Directory.GetFiles(log).Any(file => File.ReadAllText(file).Contains("database system is shut down")),
            TimeSpan.FromMinutes(1), "its log tells of it");
    }
}
