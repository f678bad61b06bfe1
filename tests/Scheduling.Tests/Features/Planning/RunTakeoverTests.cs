using Hangfire;
using Mes.Jobs;
using Mes.Scheduling.Data;
using Mes.Scheduling.Features.Planning;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mes.Scheduling.Tests.Features.Planning;

/// <summary>A planning run among several processes: their deaths, and a cancellation that reaches the one that runs it.</summary>
public sealed class RunTakeoverTests : IAsyncLifetime
{
    TestDatabase _database = null!;
    NpgsqlDataSource _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("scheduling");
        _owner = NpgsqlDataSource.Create(_database.OwnerConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(0, "Done", 1)]
    [InlineData(3, "Failed", 0)]        // the fourth process that dies of it is the last
    public async Task A_run_whose_process_is_killed_is_taken_over_and_ends_once_in_effect(
        int deathsBefore, string status, int plans)
    {
        await Orders(seconds: 600);      // it does not end before its process, however long the other takes to start
        await using var doomed = await SchedulingProcess.Start(_database, Servers);
        var run = await AskedAndBegun(deathsBefore);
        var engine = EngineProcesses.Of(doomed.Id).ShouldHaveSingleItem();
        await using var heir = await SchedulingProcess.Start(_database, Servers);
        await Query<int>("UPDATE planning_settings SET full_seconds = 5 RETURNING full_seconds");

        doomed.Kill();

        await Poll.Until(
            async () => await Query<int>($"SELECT interruptions FROM planning_run WHERE id = '{run}'") > deathsBefore,
            SchedulingHost.Bound, "the other process takes the run over");
        await Poll.Until(async () => await Query<bool>($"SELECT ended_at IS NOT NULL FROM planning_run WHERE id = '{run}'"),
            SchedulingHost.Bound, "the run ends");
        // a schedule may come due meanwhile: the processes have theirs
        (await Query<string>(
            $"SELECT string_agg(concat_ws(' ', status, interruptions, error), ', ') FROM planning_run WHERE id = '{run}'"))
            .ShouldBe($"{status} {deathsBefore + 1}" + (plans == 0 ? " Given up: 4 processes ended while they ran it." : ""));
        (await Query<long>($"SELECT count(*) FROM plan WHERE run_id = '{run}'")).ShouldBe(plans);
        await Poll.Until(() => Task.FromResult(!EngineProcesses.IsAlive(engine)), SchedulingHost.Bound,
            "the engine of the dead process ends, too");
    }

    [Fact]
    public async Task A_run_is_cancelled_whichever_process_runs_it()
    {
        await Orders(seconds: 600);
        await using var runs = await SchedulingProcess.Start(_database, Servers);
        var run = await AskedAndBegun();
        var engine = EngineProcesses.Of(runs.Id).ShouldHaveSingleItem();
        await using var other = await SchedulingHost.Start(shared: _database, secondsOfSearch: 600);

        await other.Service.Do($"/api/scheduling/runs/{run}/cancel", null);

        (await other.Ended(run)).GetProperty("status").GetString().ShouldBe("Cancelled");
        await Poll.Until(() => Task.FromResult(!EngineProcesses.IsAlive(engine)), SchedulingHost.Bound, "its engine ends");
    }

    [Fact]
    public async Task A_run_whose_job_somebody_deleted_is_cancelled_and_the_trail_tells_of_it()
    {
        await using var host = await SchedulingHost.Start(shared: _database);
        await using var connection = await _owner.OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand(
            $"SELECT pg_advisory_xact_lock(hashtextextended('mes.job {RunStore.JobKey}', 0))", connection, held))
        {
            await hold.ExecuteNonQueryAsync();      // it waits, as it would behind another run
        }
        var run = (await host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        await Poll.Until(async () => await Query<bool>($"SELECT job_id IS NOT NULL FROM planning_run WHERE id = '{run}'"),
            SchedulingHost.Bound, "the run has a job");
        new BackgroundJobClient(host.Service.Services.GetRequiredService<Jobs<SchedulingDb>>().Storage)
            .Delete(await Query<string>($"SELECT job_id FROM planning_run WHERE id = '{run}'"));
        await Query<Guid>($"UPDATE planning_run SET asked_at = asked_at - interval '2 minutes' WHERE id = '{run}' RETURNING id");
        var other = await Query<Guid>(
            """
            INSERT INTO planning_run (id, attempt, mode, trigger, status, asked_at, not_before, job_id)
            VALUES (gen_random_uuid(), 1, 'Full', 'asked', 'Waiting', now() - interval '3 minutes', now(), '4711') RETURNING id
            """);

        await host.Service.Services.GetRequiredService<RunStarter>().FindLost(TestContext.Current.CancellationToken);

        (await host.Ended(run)).GetProperty("status").GetString().ShouldBe("Cancelled");
        (await Query<string>(Trail(run))).ShouldBe("run-starter Its job was deleted.");
        (await Query<string>(Trail(other))).ShouldBe("run-starter", "its job was only lost");
    }

    static string Trail(Guid run) =>
        $"""
        SELECT concat_ws(' ', actor_id, reason) FROM audit WHERE action = 'find-lost-runs' AND changes::text LIKE '%{run}%'
        """;

    /// <summary>Late orders that nobody plans yet, and a search that does not end before its time.</summary>
    async Task Orders(int seconds)
    {
        await using var host = await SchedulingHost.Start(shared: _database, secondsOfSearch: seconds);
        await host.Take(Given.Orders(30, dueAt: DateTimeOffset.UnixEpoch.AddYears(50)));
    }

    /// <summary>A run as requests and schedules ask for it, once its search has found something.</summary>
    async Task<Guid> AskedAndBegun(int interruptions = 0)
    {
        var run = await Query<Guid>(
            $"""
            INSERT INTO planning_run (id, attempt, mode, trigger, status, asked_at, not_before, interruptions)
            VALUES (gen_random_uuid(), 1, 'Full', 'asked', 'Waiting', now(), now(), {interruptions}) RETURNING id
            """);
        await Poll.Until(async () => await Query<long>($"SELECT count(*) FROM planning_progress WHERE run_id = '{run}'") > 0,
            SchedulingHost.Bound, "the search has begun");
        return run;
    }

    Task<long> Servers() => Query<long>("SELECT count(*) FROM hangfire.server");

    async Task<T> Query<T>(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
