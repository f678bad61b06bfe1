using System.Collections.Concurrent;
using System.Diagnostics;
using Mes.Hosting.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;

namespace Mes.Jobs.Tests;

/// <summary>What any engine behind the port must keep: runs.</summary>
public sealed class JobContractTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submitted_run_gets_its_arguments_and_leaves_its_result()
    {
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("double", (run, _) => Task.FromResult<JobOutcome>(Done.With(run.ArgumentsAs<int>() * 2))));

        var runId = await node.Jobs.SubmitAsync(new JobSubmission("double", "21"), Ct);

        var run = await node.EndAsync(runId);
        run.Result.ShouldBe("42");
        run.Attempt.ShouldBe(1);
        run.Progress.ShouldBe(1);
        run.StartedAt.ShouldNotBeNull();
        run.FinishedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(run.StartedAt!.Value);
    }

    [Fact]
    public async Task Submitting_the_same_run_again_runs_it_once()
    {
        var count = 0;
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("count", (_, _) =>
            {
                Interlocked.Increment(ref count);
                return Task.FromResult<JobOutcome>(new Done());
            }).Add("after", (_, _) => Task.FromResult<JobOutcome>(new Done())));
        var submission = new JobSubmission("count", RunId: Guid.CreateVersion7());

        await Task.WhenAll(node.Jobs.SubmitAsync(submission, Ct), node.Jobs.SubmitAsync(submission, Ct));
        await node.EndAsync(submission.RunId!.Value);
        await node.Jobs.SubmitAsync(submission, Ct);

        await DeliveredAllAsync(node);
        count.ShouldBe(1);
        (await node.RunsAsync()).Count(run => run.JobKey == "count").ShouldBe(1);
    }

    [Fact]
    public async Task A_run_waits_as_long_as_asked()
    {
        await using var node = await JobNode.StartAloneAsync(Nothing);
        var after = TimeSpan.FromSeconds(1);
        var asked = TimeProvider.System.GetUtcNow();    // not QueuedAt: the wait begins before its row is written

        var run = await node.EndAsync(await node.Jobs.SubmitAsync(new JobSubmission("nothing", After: after), Ct));

        (run.StartedAt - asked).ShouldNotBeNull().ShouldBeGreaterThan(after * 0.9);
    }

    [Fact]
    public async Task Progress_is_seen_while_the_run_goes_on()
    {
        var go = new TaskCompletionSource();
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("slow", async (run, stop) =>
            {
                await run.ReportProgressAsync(0.25, "a quarter", stop);
                await go.Task.WaitAsync(stop);
                return new Done();
            }));

        var runId = await node.Jobs.SubmitAsync(new JobSubmission("slow"), Ct);

        JobRunEntry? seen = null;
        await Eventually.Async(
            async () => (seen = (await node.Jobs.Runs.AttemptsAsync(runId, Ct))[0]).Progress > 0, () => "no progress");
        seen!.State.ShouldBe(JobRunState.Running);
        (seen.Progress, seen.ProgressNote).ShouldBe((0.25, "a quarter"));
        go.SetResult();
        (await node.EndAsync(runId)).Progress.ShouldBe(1);
    }

    [Fact]
    public async Task Retry_makes_the_next_attempt_of_the_same_run_after_the_delay()
    {
        var after = TimeSpan.FromMilliseconds(700);
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("third", (run, _) => Task.FromResult<JobOutcome>(
                run.Attempt < 3 ? new Retry(after, $"not yet {run.Attempt}") : new Done())));

        var runId = await node.Jobs.SubmitAsync(new JobSubmission("third"), Ct);

        await node.EndAsync(runId);
        var attempts = await node.Jobs.Runs.AttemptsAsync(runId, Ct);
        attempts.Select(a => (a.Attempt, a.State, a.Reason)).ShouldBe(
        [
            (1, JobRunState.Retrying, "not yet 1"), (2, JobRunState.Retrying, "not yet 2"), (3, JobRunState.Done, null),
        ]);
        (attempts[1].StartedAt - attempts[0].FinishedAt).ShouldNotBeNull().ShouldBeGreaterThan(after * 0.9);
    }

    [Fact]
    public async Task Retry_ends_with_the_attempts_that_the_policy_allows()
    {
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("never", (_, _) => Task.FromResult<JobOutcome>(new Retry(TimeSpan.Zero, "no luck")),
                new JobPolicy(AttemptsMax: 2)));

        var run = await node.EndAsync(
            await node.Jobs.SubmitAsync(new JobSubmission("never"), Ct), JobRunState.Failed);

        (run.Attempt, run.Reason).ShouldBe((2, "Given up after 2 attempts: no luck"));
    }

    [Fact]
    public async Task Failure_is_final_and_says_why_also_when_thrown()
    {
        await using var node = await JobNode.StartAloneAsync(jobs => jobs
            .Add("says", (_, _) => Task.FromResult<JobOutcome>(new Failed("no capacity")))
            .Add("throws", (_, _) => throw new InvalidOperationException("broken"))
            .Add("cancels", (_, _) => throw new OperationCanceledException("its own affair")));

        (await EndOfAsync("says")).ShouldBe("no capacity");
        (await EndOfAsync("throws")).ShouldBe("InvalidOperationException: broken");
        (await EndOfAsync("cancels")).ShouldBe("OperationCanceledException: its own affair");

        async Task<string?> EndOfAsync(string key) =>
            (await node.EndAsync(await node.Jobs.SubmitAsync(new JobSubmission(key), Ct), JobRunState.Failed)).Reason;
    }

    [Fact]
    public async Task A_running_run_stops_on_request()
    {
        await using var node = await JobNode.StartAloneAsync(Endless);
        var runId = await node.Jobs.SubmitAsync(new JobSubmission("endless"), Ct);
        await node.EndAsync(runId, JobRunState.Running);

        (await node.Jobs.RequestStopAsync(runId, Ct)).ShouldBeTrue();

        (await node.EndAsync(runId, JobRunState.Stopped)).Reason.ShouldBe("Stopped on request.");
        (await node.Jobs.RequestStopAsync(runId, Ct)).ShouldBeFalse();
        (await node.Jobs.RequestStopAsync(Guid.NewGuid(), Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stopped_run_may_still_deliver_what_it_has()
    {
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("best", async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return Done.With("the best so far");
            }));
        var runId = await node.Jobs.SubmitAsync(new JobSubmission("best"), Ct);
        await node.EndAsync(runId, JobRunState.Running);

        await node.Jobs.RequestStopAsync(runId, Ct);

        (await node.EndAsync(runId)).Result.ShouldBe("\"the best so far\"");
    }

    [Fact]
    public async Task A_queued_run_that_is_stopped_never_begins()
    {
        var began = false;
        await using var node = await JobNode.StartAloneAsync(jobs => jobs
            .Add("late", (_, _) =>
            {
                began = true;
                return Task.FromResult<JobOutcome>(new Done());
            }).Add("after", (_, _) => Task.FromResult<JobOutcome>(new Done())));
        var wait = TimeSpan.FromMilliseconds(500);
        var runId = await node.Jobs.SubmitAsync(new JobSubmission("late", After: wait), Ct);

        (await node.Jobs.RequestStopAsync(runId, Ct)).ShouldBeTrue();

        (await node.EndAsync(runId, JobRunState.Stopped)).StartedAt.ShouldBeNull();
        await DeliveredAllAsync(node, wait * 2);
        began.ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_run_of_a_job_is_refused_while_one_is_active()
    {
        await using var node = await JobNode.StartAloneAsync(Endless);
        var first = await node.Jobs.SubmitAsync(new JobSubmission("endless"), Ct);
        await node.EndAsync(first, JobRunState.Running);

        var second = await node.Jobs.SubmitAsync(new JobSubmission("endless"), Ct);

        (await node.EndAsync(second, JobRunState.Refused)).Reason.ShouldBe("Another run of 'endless' is active.");
        await node.Jobs.RequestStopAsync(first, Ct);
        await node.EndAsync(first, JobRunState.Stopped);
        var third = await node.Jobs.SubmitAsync(new JobSubmission("endless"), Ct);
        await node.EndAsync(third, JobRunState.Running);
    }

    [Theory]
    [InlineData(JobOverlap.Wait, 1)]
    [InlineData(JobOverlap.Allow, 3)]
    public async Task Runs_wait_for_their_turn_or_run_side_by_side_as_the_policy_says(JobOverlap overlap, int activeMax)
    {
        int active = 0, most = 0;
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("crowd", async (_, stop) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref active));
                await Task.Delay(500, stop);
                Interlocked.Decrement(ref active);
                return new Done();
            }, new JobPolicy(overlap)));

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            node.Jobs.SubmitAsync(new JobSubmission("crowd"), Ct)));

        foreach (var run in runs) await node.EndAsync(run);
        most.ShouldBe(activeMax);
    }

    [Fact]
    public async Task Each_attempt_has_a_scope_of_its_own()
    {
        var scopes = new ConcurrentBag<Scoped>();
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("unused", (_, _) => Task.FromResult<JobOutcome>(new Done())),
            more: services => services.AddSingleton(scopes).AddScoped<Scoped>().AddJobs("scoped", provider =>
                provider.GetRequiredService<Npgsql.NpgsqlDataSource>()).AddJob<ScopedJob>("scoped"));
        var jobs = node.Service<JobControl>("scoped");

        var runId = await jobs.SubmitAsync(new JobSubmission("scoped"), Ct);

        await node.EndAsync(runId);
        await Eventually.Async(
            () => Task.FromResult(scopes.Count == 2 && scopes.All(s => s.IsDisposed)), () => "scopes");
        scopes.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_run_is_refused_when_it_is_submitted()
    {
        await using var node = await JobNode.StartAloneAsync(Nothing);

        var unknown = await Should.ThrowAsync<ArgumentException>(
            () => node.Jobs.SubmitAsync(new JobSubmission("other"), Ct));
        unknown.Message.ShouldBe("No job is registered as 'other' in testing; there are: nothing.");
        await Should.ThrowAsync<ArgumentException>(
            () => node.Jobs.SubmitAsync(new JobSubmission("nothing", "{"), Ct));
        (await node.RunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_continues_the_trace_of_its_submitter()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is JobsTelemetry.SourceName or "submitter",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var node = await JobNode.StartAloneAsync(Nothing);
        using var source = new ActivitySource("submitter");
        Guid runId;
        ActivityTraceId trace;
        using (var submitting = source.StartActivity("submit")!)
        {
            trace = submitting.TraceId;
            runId = await node.Jobs.SubmitAsync(new JobSubmission("nothing"), Ct);
        }

        await node.EndAsync(runId);

        await Eventually.Async(() => Task.FromResult(spans.Any(OfRun)), () => "no span");
        var span = spans.First(OfRun);
        span.TraceId.ShouldBe(trace);
        span.DisplayName.ShouldBe("job nothing");
        span.GetTagItem("mes.job.state").ShouldBe("done");

        bool OfRun(Activity activity) => Equals(activity.GetTagItem("mes.job.run_id"), runId);
    }

    [Fact]
    public async Task The_run_log_is_read_in_pages_newest_first()
    {
        await using var node = await JobNode.StartAloneAsync(jobs =>
            jobs.Add("nothing", (_, _) => Task.FromResult<JobOutcome>(new Done()), new JobPolicy(JobOverlap.Allow)));
        var submitted = new List<Guid>();
        for (var i = 0; i < 5; i++) submitted.Add(await node.Jobs.SubmitAsync(new JobSubmission("nothing"), Ct));
        foreach (var run in submitted) await node.EndAsync(run);

        var first = await node.Jobs.Runs.NewestAsync(null, 3, Ct);
        var second = await node.Jobs.Runs.NewestAsync(first[^1].Sequence, 3, Ct);

        first.Concat(second).Select(run => run.RunId).ShouldBe(submitted, ignoreOrder: true);
        first.Concat(second).Select(run => run.Sequence).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task A_node_is_alive_until_it_stops()
    {
        await using var node = await JobNode.StartAloneAsync(Nothing);
        await Eventually.Async(async () => await HealthAsync() == HealthStatus.Healthy, () => "not alive");

        await node.StopAsync();

        (await HealthAsync()).ShouldBe(HealthStatus.Unhealthy);

        async Task<HealthStatus> HealthAsync() =>
            (await node.Service<HealthCheckService>().CheckHealthAsync(Ct)).Status;
    }

    static void Nothing(JobBodies jobs) =>
        jobs.Add("nothing", (_, _) => Task.FromResult<JobOutcome>(new Done()));

    static void Endless(JobBodies jobs) => jobs.Add("endless", async (_, stop) =>
    {
        await Task.Delay(Timeout.Infinite, stop);
        return new Done();
    });

    /// <summary>
    /// Returns when everything submitted before has been delivered: deliveries come in order of time.
    /// </summary>
    static async Task DeliveredAllAsync(JobNode node, TimeSpan after = default) =>
        await node.EndAsync(await node.Jobs.SubmitAsync(new JobSubmission("after", After: after), Ct));

    static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }

    sealed class Scoped(ConcurrentBag<Scoped> all) : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Enter() => all.Add(this);

        public void Dispose() => IsDisposed = true;
    }

    sealed class ScopedJob(Scoped scoped) : IJob
    {
        public Task<JobOutcome> RunAsync(JobRun run, CancellationToken stop)
        {
            scoped.Enter();
            return Task.FromResult<JobOutcome>(run.Attempt == 1 ? new Retry(TimeSpan.Zero, "again") : new Done());
        }
    }
}
