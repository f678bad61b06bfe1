using System.Collections.Concurrent;
using System.Diagnostics;
using Mes.Hosting.Jobs;
using Mes.Tests.Support;
using Npgsql;
using Shouldly;

namespace Mes.Jobs.Tests;

/// <summary>What any engine behind the port must keep: several processes on one database, and their deaths.</summary>
public sealed class ClusterTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_run_each_due_time_once()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        var ran = new ConcurrentBag<(string Node, DateTimeOffset DueAt)>();
        var both = new TaskCompletionSource();
        var schedule = new JobSchedule("minutely", "note", "* * * * *", "UTC", MissedRuns.RunEach);
        var past = ShiftedClock.At("2026-03-02T10:00:30Z");
        await using (var before = await JobNode.StartAsync(database, Note("before"), past))
            await before.Jobs.UpsertScheduleAsync(schedule, Ct);

        var clock = ShiftedClock.At("2026-03-02T10:40:30Z");
        var nodes = await Task.WhenAll(
            JobNode.StartAsync(database, Note("one"), clock), JobNode.StartAsync(database, Note("two"), clock));
        both.SetResult();

        await Eventually.Async(async () =>
            (await nodes[0].RunsAsync()).Count(r => r.State == JobRunState.Done) >= 40, () => $"{ran.Count} of 40 ran");
        ran.Select(run => run.DueAt.Minute).Order().ShouldBe(Enumerable.Range(1, 40));
        ran.Select(run => run.Node).Distinct().Order().ShouldBe(["one", "two"]);
        foreach (var node in nodes) await node.DisposeAsync();

        Action<JobBodies> Note(string name) => jobs => jobs.Add("note", async (run, stop) =>
        {
            ran.Add((name, run.DueAt!.Value));
            await both.Task.WaitAsync(stop);
            await Task.Delay(50, stop);
            return new Done();
        }, new JobPolicy(JobOverlap.Allow));
    }

    [Fact]
    public async Task A_run_whose_process_was_killed_is_taken_over()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        var runId = await BeginInProcessAndKillAsync(database.AppConnectionString);

        await using var node = await JobNode.StartAsync(database, jobs =>
            jobs.Add("long", (_, _) => Task.FromResult<JobOutcome>(Done.With("after all"))));

        var run = await node.EndAsync(runId);
        (run.Attempt, run.Takeovers, run.Result).ShouldBe((1, 1, "\"after all\""));
        (await node.RunsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_due_time_whose_process_died_after_submitting_it_is_not_run_twice()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        var dueAt = DateTimeOffset.Parse("2026-03-02T10:01:00Z");
        var clock = ShiftedClock.At(dueAt.AddMinutes(-1));
        await using var node = await JobNode.StartAsync(database, jobs =>
            jobs.Add("note", (_, _) => Task.FromResult<JobOutcome>(new Done())), clock);
        clock.Set(dueAt.AddSeconds(-3));
        await node.Jobs.UpsertScheduleAsync(new JobSchedule("minutely", "note", "* * * * *", "UTC"), Ct);
        await Eventually.Async(async () => (await node.RunsAsync()) is [{ State: JobRunState.Done }], () => "no run");

        // What a process leaves behind in Quartz's tables that dies between submitting the run and saying so.
        await Postgres.AsOwnerAsync(database,
            $"""
            INSERT INTO qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
            VALUES ('{JobNode.Module}', 'dead', {dueAt.AddHours(-1).UtcTicks}, 1000);
            INSERT INTO qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name,
              fired_time, sched_time, priority, state, job_name, job_group, is_nonconcurrent, requests_recovery)
            VALUES ('{JobNode.Module}', 'dead1', 'minutely', 'schedules', 'dead', {dueAt.AddSeconds(1).UtcTicks},
              {dueAt.UtcTicks}, 5, 'EXECUTING', '{QuartzDue.Key.Name}', '{QuartzDue.Key.Group}', false, true)
            """);
        await Eventually.Async(async () => (long)(await Postgres.AsOwnerAsync(database,
            """
            SELECT (SELECT count(*) FROM qrtz_fired_triggers WHERE instance_name = 'dead')
              + (SELECT count(*) FROM qrtz_triggers WHERE trigger_group <> 'schedules')
            """))! == 0, () => "nothing was recovered");

        (await node.RunsAsync()).ShouldHaveSingleItem().DueAt.ShouldBe(dueAt);
    }

    [Fact]
    public async Task A_run_that_is_delivered_again_while_it_goes_on_is_not_run_twice()
    {
        var count = 0;
        var go = new TaskCompletionSource();
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("once", async (_, stop) =>
            {
                Interlocked.Increment(ref count);
                await go.Task.WaitAsync(stop);
                return new Done();
            }, new JobPolicy(JobOverlap.Allow)).Add("after", (_, _) => Task.FromResult<JobOutcome>(new Done())));
        var runId = await node.Jobs.SubmitAsync(new JobSubmission("once"), Ct);
        await node.EndAsync(runId, JobRunState.Running);

        for (var i = 0; i < 5; i++)
            await node.Engine.DeliverAsync(new Redelivery(new JobDelivery(runId, 1, "once", "{}"), TimeSpan.Zero), Ct);
        await node.EndAsync(await node.Jobs.SubmitAsync(new JobSubmission("after"), Ct));
        count.ShouldBe(1);
        go.SetResult();
        await node.EndAsync(runId);
        // The copies come back when the lease they met would have run out.
        var after = new JobSubmission("after", After: TimeSpan.FromSeconds(3));
        await node.EndAsync(await node.Jobs.SubmitAsync(after, Ct));
        count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_is_given_back_when_its_process_shuts_down()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var first = await JobNode.StartAsync(database, jobs => jobs.Add("work", async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return Done.With("first");
        }));
        var runId = await first.Jobs.SubmitAsync(new JobSubmission("work"), Ct);
        await first.EndAsync(runId, JobRunState.Running);
        await using var second = await JobNode.StartAsync(database, jobs =>
            jobs.Add("work", (_, _) => Task.FromResult<JobOutcome>(Done.With("second"))));

        await first.StopAsync();

        var run = await second.EndAsync(runId);
        (run.Result, run.Attempt, run.Takeovers).ShouldBe(("\"second\"", 1, 0));
    }

    [Fact]
    public async Task A_run_in_one_node_is_stopped_through_another()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var runs = await JobNode.StartAsync(database, Endless);
        var runId = await runs.Jobs.SubmitAsync(new JobSubmission("endless"), Ct);
        await runs.EndAsync(runId, JobRunState.Running);
        await using var asks = await JobNode.StartAsync(database, Endless);

        (await asks.Jobs.RequestStopAsync(runId, Ct)).ShouldBeTrue();

        await asks.EndAsync(runId, JobRunState.Stopped);
    }

    [Fact]
    public async Task Overlap_is_refused_across_nodes()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var one = await JobNode.StartAsync(database, Endless);
        await using var two = await JobNode.StartAsync(database, Endless);
        var first = await one.Jobs.SubmitAsync(new JobSubmission("endless"), Ct);
        await one.EndAsync(first, JobRunState.Running);

        var others = new List<Guid>();
        foreach (var node in new[] { one, two, one, two, one, two })
            others.Add(await node.Jobs.SubmitAsync(new JobSubmission("endless"), Ct));

        foreach (var other in others) await one.EndAsync(other, JobRunState.Refused);
        await one.Jobs.RequestStopAsync(first, Ct);
        await one.EndAsync(first, JobRunState.Stopped);
    }

    [Fact]
    public async Task A_run_outlives_its_database_sessions()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        var count = 0;
        var go = new TaskCompletionSource();
        await using var node = await JobNode.StartAsync(database, jobs => jobs.Add("tough", async (_, stop) =>
        {
            Interlocked.Increment(ref count);
            await go.Task.WaitAsync(stop);
            return new Done();
        }));
        var runId = await node.Jobs.SubmitAsync(new JobSubmission("tough"), Ct);
        await node.EndAsync(runId, JobRunState.Running);

        await Postgres.EndSessionsAsync(database);
        // The lock is lost with its session and taken again by the next beat of the lease.
        await Eventually.Async(async () => (long)(await Postgres.AsOwnerAsync(database,
            """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND d.datname = current_database()
            """))! == 1, () => "the lock was not taken again");
        go.SetResult();

        await node.EndAsync(runId);
        count.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_database_died_a_run_goes_on_and_new_ones_begin()
    {
        await using var server = await PostgresServer.StartAsync(durable: true);
        var database = await Postgres.CreateDatabaseAsync(server);
        var go = new TaskCompletionSource();
        await using var node = await JobNode.StartAsync(database, jobs => jobs
            .Add("long", async (_, stop) =>
            {
                await go.Task.WaitAsync(stop);
                return new Done();
            }, new JobPolicy(JobOverlap.Wait))
            .Add("next", (_, _) => Task.FromResult<JobOutcome>(new Done())));
        var runId = await node.Jobs.SubmitAsync(new JobSubmission("long"), Ct);
        await node.EndAsync(runId, JobRunState.Running);
        var delayed = await node.Jobs.SubmitAsync(new JobSubmission("next", After: TimeSpan.FromSeconds(1)), Ct);

        Process.GetProcessById(server.ProcessId).Kill();
        go.SetResult();

        // The server's own watch starts it again; until then no question has an answer.
        await node.EndAsync(runId);
        await node.EndAsync(delayed);
        (await node.Jobs.Runs.AttemptsAsync(runId, Ct)).Count.ShouldBe(1);
        await node.EndAsync(await node.Jobs.SubmitAsync(new JobSubmission("next"), Ct));
    }

    [Fact]
    public async Task An_attempt_that_kills_its_processes_is_given_up()
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        await using var node = await JobNode.StartAsync(database, Endless);
        var runId = Guid.CreateVersion7();
        await Postgres.AsOwnerAsync(database,
            $"""
            INSERT INTO job_run (run_id, attempt, job_key, arguments, state, owner, lease_until, takeovers)
            VALUES ('{runId}', 1, 'endless', 'null', 'running', gen_random_uuid(), now() - interval '1 second', 3)
            """);

        await node.Engine.DeliverAsync(new Redelivery(new JobDelivery(runId, 1, "endless", "null"), TimeSpan.Zero), Ct);

        var run = await node.EndAsync(runId, JobRunState.Failed);
        run.Reason.ShouldBe("Given up: 4 processes died while they ran it.");
    }

    static void Endless(JobBodies jobs) => jobs.Add("endless", async (_, stop) =>
    {
        await Task.Delay(Timeout.Infinite, stop);
        return new Done();
    });

    /// <summary>Starts a process that begins a run without end, and kills it.</summary>
    static async Task<Guid> BeginInProcessAndKillAsync(string connectionString)
    {
        var program = Path.ChangeExtension(typeof(ClusterTests).Assembly.Location, null);
        await using var source = NpgsqlDataSource.Create(connectionString);
        var log = new JobRunLog(source);
        using var doomed = Process.Start(new ProcessStartInfo(program, ["node", connectionString]))!;
        try
        {
            IReadOnlyList<JobRunEntry> runs = [];
            await Eventually.Async(
                async () => (runs = await log.NewestAsync(null, 1, Ct)) is [{ State: JobRunState.Running }],
                () => "the process began no run");
            return runs[0].RunId;
        }
        finally
        {
            doomed.Kill();
            await doomed.WaitForExitAsync(CancellationToken.None);
        }
    }
}
