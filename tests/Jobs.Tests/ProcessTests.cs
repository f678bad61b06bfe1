using Mes.Tests.Support;
using Shouldly;

namespace Mes.Jobs.Tests;

/// <summary>Several processes on one database, and their deaths.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    /// <summary>How long the database is away; MES_TEST_OUTAGE_SECONDS=60 shows a minute.</summary>
    static readonly TimeSpan Away = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("MES_TEST_OUTAGE_SECONDS") ?? "10"));

    JobsDatabase _database = null!;
    JobNode _asks = null!;

    public async ValueTask InitializeAsync() => _database = await JobsDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_asks is not null) await _asks.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_job_whose_process_was_killed_is_taken_over_within_20_seconds_and_ends_once_in_effect()
    {
        await using var one = await NodeProcess.StartAsync(_database);
        await using var two = await NodeProcess.StartAsync(_database);
        var job = await Ask("8");
        var (doomed, heir) = await RunnerAndOther(one, two);
        var killedAt = await Now();

        doomed.Kill();

        var traces = await _database.Until(all => all is [_, { EndedAt: not null }], "the other process ends the job");
        traces.ShouldAllBe(trace => trace.JobId == job);
        (traces[0].EndedAt, traces[1].Process).ShouldBe((null, heir.Id));
        Within(traces[1].BeganAt - killedAt, 20);
        (await _database.Query<long>("SELECT count(*) FROM job_effect")).ShouldBe(1);
        await Succeeded(job);
    }

    [Fact]
    public async Task A_job_is_handed_on_before_it_is_taken_for_lost_when_its_process_is_told_to_end()
    {
        await using var one = await NodeProcess.StartAsync(_database);
        await using var two = await NodeProcess.StartAsync(_database);
        await Ask("60");
        var (first, second) = await RunnerAndOther(one, two);
        var toldAt = await Now();

        first.Terminate();

        var traces = await _database.Until(all => all.Count == 2, "the other process begins the job");
        traces[1].Process.ShouldBe(second.Id);
        traces[1].BeganAt.ShouldBeGreaterThanOrEqualTo(traces[0].EndedAt!.Value);
        Within(traces[1].BeganAt - toldAt, 9);       // one looks every 3 s; a job taken for lost waits 9.6 s at least
        await first.Ended();
    }

    [Fact]
    public async Task Two_processes_never_run_a_job_at_once_however_long_it_lasts()
    {
        await using var one = await NodeProcess.StartAsync(_database);
        await using var two = await NodeProcess.StartAsync(_database);
        // longer than an engine's server may keep a job without a sign of life
        for (var i = 0; i < 3; i++) await Ask("14");

        var traces = await _database.Until(all => all.Count(trace => trace.EndedAt is not null) >= 3, "all three end");

        traces.Count.ShouldBe(3);
        OneAfterTheOther(traces);
    }

    [Fact]
    public async Task A_job_that_its_frozen_process_still_holds_waits_until_that_lets_go()
    {
        await using var one = await NodeProcess.StartAsync(_database);
        await using var two = await NodeProcess.StartAsync(_database);
        var job = await Ask("20");
        var (frozen, other) = await RunnerAndOther(one, two);

        frozen.Freeze();
        await Poll.Until(async () => await _database.Query<long>(
            $"SELECT count(*) FROM hangfire.state WHERE jobid = {job} AND name = 'Processing'") == 2,
            TimeSpan.FromMinutes(1), "the engine takes the job for lost");
        (await _database.Traces()).Count.ShouldBe(1, "the lock is still held");
        frozen.Thaw();

        var traces = await _database.Until(all => all is [_, { EndedAt: not null }], "the other process ends it");
        OneAfterTheOther(traces);
        traces[1].Process.ShouldBe(other.Id);
        (await _database.Query<long>("SELECT count(*) FROM job_effect")).ShouldBe(1);
    }

    [Fact]
    public async Task A_job_goes_on_after_an_outage_of_the_database()
    {
        await using var outage = new Outage(_database.Connection);
        await using var node = await NodeProcess.StartAsync(_database, outage.Connection);
        var running = await Ask("5");
        await _database.Until(all => all.Count == 1, "the process begins the job");

        outage.Begin();
        await Task.Delay(Away, TestContext.Current.CancellationToken);
        outage.End();
        var backAt = await Now();
        var next = await Ask("0");

        await Succeeded(running);
        await Succeeded(next);
        (await _database.Query<long>("SELECT count(*) FROM job_effect")).ShouldBe(2);
        var again = (await _database.Traces()).Last(trace => trace.JobId == running);
        Within(again.BeganAt - backAt, 60);
        OneAfterTheOther([.. (await _database.Traces()).Where(trace => trace.EndedAt is not null)]);
    }

    [Fact]
    public async Task A_lock_that_a_killed_process_left_on_the_schedules_holds_them_up_for_less_than_a_minute()
    {
        await using (await _database.StartNodeAsync(schedules: Yearly))
        {
            await Poll.Until(async () => await _database.Query<long>(
                "SELECT count(*) FROM hangfire.hash WHERE key = 'recurring-job:yearly' AND field = 'NextExecution'") == 1,
                TimeSpan.FromMinutes(1), "the schedule is stored");
        }
        var resource = "hangfire:recurring-jobs:lock";
        await _database.Execute(
            $"""
            INSERT INTO hangfire.hash (key, field, value)
                VALUES ('recurring-job:yearly', 'LastExecution', '2025-01-01T00:00:00.0000000Z');
            UPDATE hangfire.hash SET value = '2026-01-01T00:00:00.0000000Z'
                WHERE key = 'recurring-job:yearly' AND field = 'NextExecution';
            UPDATE hangfire.set SET score = 0 WHERE key = 'recurring-jobs' AND value = 'yearly';
            INSERT INTO hangfire.lock (resource, acquired) VALUES ('{resource}', now())
            """);
        var leftAt = await Now();
        var ranAt = DateTime.MaxValue;

        await using var node = await _database.StartNodeAsync(async (_, _) => ranAt = await Now(), schedules: Yearly);

        await Poll.Until(() => Task.FromResult(ranAt != DateTime.MaxValue), TimeSpan.FromMinutes(2), "the schedule comes due");
        Within(ranAt - leftAt, 60);
        (ranAt - leftAt).ShouldBeGreaterThan(TimeSpan.FromSeconds(15), "the lock has been in the way");
    }

    static JobSchedule[] Yearly => [new("yearly", "0 0 1 1 *", Hangfire.MisfireHandlingMode.Relaxed)];

    async Task<string> Ask(string seconds)
    {
        // never a server of the jobs' own: it only asks
        _asks ??= await JobNode.AskingAsync(_database.Connection, _database.OwnerConnection);
        return _asks.Jobs.Enqueue(JobNode.Traced, seconds);
    }

    /// <summary>Both are there before the job, which may end before another process has started.</summary>
    async Task<(NodeProcess Runner, NodeProcess Other)> RunnerAndOther(NodeProcess one, NodeProcess two)
    {
        var run = (await _database.Until(all => all.Count == 1, "a process begins the job"))[0];
        return run.Process == one.Id ? (one, two) : (two, one);
    }

    Task Succeeded(string job) => Poll.Until(
        () => Task.FromResult(_asks.Jobs.StateOf(job) == "Succeeded"), TimeSpan.FromMinutes(2), "the job succeeds");

    Task<DateTime> Now() => _database.Query<DateTime>("SELECT clock_timestamp()");

    static void Within(TimeSpan took, double seconds)
    {
        TestContext.Current.SendDiagnosticMessage($"{TestContext.Current.Test!.TestDisplayName}: {took.TotalSeconds:0.0} s");
        took.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(seconds));
    }

    static void OneAfterTheOther(List<Trace> traces)
    {
        foreach (var (before, after) in traces.Zip(traces.Skip(1)))
            after.BeganAt.ShouldBeGreaterThanOrEqualTo(before.EndedAt!.Value);
    }
}
