using System.Collections.Concurrent;
using System.Diagnostics;
using Hangfire;
using Mes.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Shouldly;

namespace Mes.Jobs.Tests;

/// <summary>What a job may rely on.</summary>
public sealed class JobTests : IAsyncLifetime
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);
    JobsDatabase _database = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await JobsDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_job_gets_its_argument()
    {
        var got = new TaskCompletionSource<string?>();
        await using var node = await _database.StartNodeAsync((call, _) =>
        {
            got.TrySetResult(call.Argument);
            return Task.CompletedTask;
        });
        await Ends(node, node.Jobs.Enqueue(JobNode.Traced, "0"));
        var asked = Stopwatch.StartNew();

        var job = node.Jobs.Enqueue(JobNode.Scripted, "argument");

        (await got.Task.WaitAsync(Bound, Ct)).ShouldBe("argument");
        TestContext.Current.SendDiagnosticMessage($"begun after {asked.ElapsedMilliseconds} ms");
        await Ends(node, job);
    }

    [Fact]
    public async Task What_fails_is_not_tried_again_and_says_why()
    {
        var runs = 0;
        await using var node = await _database.StartNodeAsync((_, _) =>
        {
            Interlocked.Increment(ref runs);
            throw new InvalidOperationException("out of tune");
        });
        var job = node.Jobs.Enqueue(JobNode.Scripted);
        await Ends(node, job, "Failed");
        await Ends(node, node.Jobs.Enqueue(JobNode.Traced, "0"));
        (runs, node.Jobs.IsAlive(job)).ShouldBe((1, false));
        (await _database.Query<string>($"SELECT data::text FROM hangfire.state WHERE jobid = {job} AND name = 'Failed'"))
            .ShouldContain("out of tune");
        (await _database.Query<bool>(
            $"SELECT expireat - now() BETWEEN interval '6 days' AND interval '7 days' FROM hangfire.job WHERE id = {job}"))
            .ShouldBeTrue("a schedule that fails every minute fills the disk");
    }

    [Fact]
    public async Task A_job_that_loses_its_lock_is_cancelled_and_runs_again()
    {
        var cancelled = 0;
        var runs = new ConcurrentBag<string>();
        await using var node = await _database.StartNodeAsync(async (call, stop) =>
        {
            runs.Add(call.JobId);
            if (runs.Count > 1) return;
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Increment(ref cancelled);
            stop.ThrowIfCancellationRequested();
        });
        var job = node.Jobs.Enqueue(JobNode.Scripted);
        await Poll.Until(() => Task.FromResult(runs.Count == 1), Bound, "the job begins");

        await _database.AsAdministrator(
            """
            SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """);

        await Poll.Until(() => Task.FromResult(cancelled == 1), Bound, "the job is cancelled");
        await Ends(node, job);
        runs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_job_that_is_deleted_is_told_to_stop_and_does_not_run_again()
    {
        var (begun, isDeleted, runs) = (new TaskCompletionSource(), false, 0);
        await using var node = await _database.StartNodeAsync(async (call, stop) =>
        {
            Interlocked.Increment(ref runs);
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isDeleted = call.IsDeleted();
            stop.ThrowIfCancellationRequested();
        });
        var job = node.Jobs.Enqueue(JobNode.Scripted);
        await begun.Task.WaitAsync(Bound, Ct);

        new BackgroundJobClient(node.Jobs.Storage).Delete(job);

        await Poll.Until(() => Task.FromResult(isDeleted), Bound, "the job is told");
        await Ends(node, node.Jobs.Enqueue(JobNode.Traced, "0"));
        (node.Jobs.IsDeleted(job), runs).ShouldBe((true, 1));
    }

    [Fact]
    public async Task A_job_continues_the_trace_of_whoever_asked_for_it()
    {
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is "test" or JobHost.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData
        };
        ActivitySource.AddActivityListener(listener);
        var seen = new TaskCompletionSource<Activity?>();
        await using var node = await _database.StartNodeAsync((_, _) =>
        {
            seen.TrySetResult(Activity.Current);
            return Task.CompletedTask;
        });
        ActivityTraceId asked;
        using (var request = source.StartActivity("request")!)
        {
            asked = request.TraceId;
            node.Jobs.Enqueue(JobNode.Scripted);
        }
        var job = (await seen.Task.WaitAsync(Bound, Ct))!;
        (job.TraceId, job.Source.Name, job.OperationName).ShouldBe((asked, "Mes.Jobs", "job scripted"));
    }

    [Fact]
    public async Task A_server_is_healthy_until_a_lock_outlives_its_holder()
    {
        await using var node = await _database.StartNodeAsync();
        await Poll.Until(async () => (await node.HealthAsync()).Status == HealthStatus.Healthy, Bound, "the server is alive");

        // renewed for as long as this test lasts, unlike one that a process left
        await _database.Execute(
            """
            INSERT INTO hangfire.lock (resource, acquired)
            VALUES ('other:recurring-jobs:lock', now() - interval '2 minutes')
            """);

        var health = await node.HealthAsync();
        health.Status.ShouldBe(HealthStatus.Unhealthy);
        health.Description!.ShouldContain("schedules");
    }

    [Fact]
    public async Task A_server_that_never_came_to_life_is_told_at_the_first_question()
    {
        var clock = new TestClock();
        await using var node = await JobNode.AskingAsync(_database.Connection, _database.OwnerConnection, clock: clock);
        node.Jobs.ShouldNotBeNull();        // as at the start of a host, here without the server
        clock.Advance(TimeSpan.FromMinutes(2));

        (await node.HealthAsync()).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task The_service_role_has_no_ddl_and_the_owner_installs_the_tables_again_and_again()
    {
        await using var node = await _database.StartNodeAsync();
        await using var again = await _database.StartNodeAsync();
        await using var app = NpgsqlDataSource.Create(_database.Connection);
        await using var command = app.CreateCommand("CREATE TABLE hangfire.mine (id int)");
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task An_idle_server_asks_its_database_for_less_than_six_statements_a_second()
    {
        await using var node = await _database.StartNodeAsync();
        await Ends(node, node.Jobs.Enqueue(JobNode.Traced, "0"));
        // no idling is the hourly clean-up, which may come due meanwhile
        await Poll.Until(async () => await _database.Query<long>(
            "WITH gone AS (DELETE FROM hangfire.set WHERE key = 'recurring-jobs' RETURNING 1) SELECT count(*) FROM gone") == 1,
            Bound, "its schedule is stored, and no more due");
        var (seconds, statements) = (30, 0L);
        using (var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ => Interlocked.Increment(ref statements)
        })
        {
            ActivitySource.AddActivityListener(listener);
            await Task.Delay(TimeSpan.FromSeconds(seconds), Ct);
            TestContext.Current.SendDiagnosticMessage($"idle for {seconds} s: {statements} commands");
            // most of them come with a statement that begins a transaction and one that ends it
            (3 * statements).ShouldBeLessThanOrEqualTo(6 * seconds);
        }
    }

    [Fact]
    public async Task What_no_service_has_is_refused()
    {
        await using var node = await JobNode.AskingAsync(_database.Connection, _database.OwnerConnection);
        Should.Throw<ArgumentException>(() => node.Jobs.Enqueue("other")).Message.ShouldContain("'other'");
        node.Jobs.StateOf("4711").ShouldBeNull();
    }

    [Theory]
    [InlineData("0 2 1 * 1")]
    [InlineData("0 0 2 * * *")]
    public async Task A_schedule_that_would_be_misread_is_refused(string cron)
    {
        var odd = new JobSchedule("odd", cron, MisfireHandlingMode.Relaxed);
        (await Should.ThrowAsync<ArgumentException>(() => _database.StartNodeAsync(schedules: odd))).Message.ShouldContain(cron);
    }

    static Task Ends(JobNode node, string job, string state = "Succeeded") => Poll.Until(
        () => Task.FromResult(node.Jobs.StateOf(job) == state), Bound, $"job {job} is {state}");
}
