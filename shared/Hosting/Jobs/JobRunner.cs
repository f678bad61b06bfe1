using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Hosting.Jobs;

/// <summary>
/// Runs what an engine delivers: once per attempt however often it is delivered, and again when the process that ran
/// it died. Everything it decides by lies in the run log and the lease, nothing in the engine.
/// </summary>
public sealed class JobRunner
{
    /// <summary>
    /// A process of an older version may get a job it does not know; a newer one shall have the chance.
    /// </summary>
    static readonly TimeSpan UnknownJobPatience = TimeSpan.FromMinutes(10);

    static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan TurnWaitMax = TimeSpan.FromSeconds(15);

    readonly ConcurrentDictionary<Guid, ActiveRun> _active = new();
    readonly JobModule _module;
    readonly JobRunLog _log;
    readonly IServiceScopeFactory _scopes;
    readonly TimeProvider _clock;
    readonly ILogger _logger;

    internal JobRunner(
        JobModule module, JobRunLog log, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> logger)
    {
        _module = module;
        _log = log;
        _scopes = scopes;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Runs the attempt if it is this process's to run.</summary>
    /// <param name="delivery">The attempt.</param>
    /// <param name="shutdown">
    /// Signalled when the process shuts down. The attempt is then given back and the exception tells the engine to
    /// deliver it again.
    /// </param>
    /// <returns>What the engine shall deliver next; null when the run has ended.</returns>
    /// <exception cref="OperationCanceledException">The process shuts down; the attempt was given back.</exception>
    /// <exception cref="NpgsqlException">The database does not answer; deliver again.</exception>
    public async Task<Redelivery?> RunAsync(JobDelivery delivery, CancellationToken shutdown)
    {
        await _log.QueueAsync(new Redelivery(delivery, TimeSpan.Zero), shutdown);
        if (await _log.StandingAsync(delivery, shutdown) is not { } standing) return null;
        return standing.State switch
        {
            JobRunState.Retrying => new Redelivery(delivery.Next(), standing.NextAfter),
            JobRunState.Running when standing.LeaseLeft > TimeSpan.Zero =>
                new Redelivery(delivery, standing.LeaseLeft + ShortWait),
            JobRunState.Running or JobRunState.Queued => await BeginAsync(delivery, standing, shutdown),
            _ => null,
        };
    }

    /// <summary>Signals a run that is active in this process; others learn it from the run log.</summary>
    internal void RequestStopHere(Guid runId)
    {
        if (_active.TryGetValue(runId, out var run)) run.Stop(StopCause.Requested);
    }

    async Task<Redelivery?> BeginAsync(JobDelivery delivery, JobStanding standing, CancellationToken shutdown)
    {
        if (!_module.Definitions.TryGetValue(delivery.JobKey, out var definition))
            return await UnknownAsync(delivery, standing, shutdown);
        if (standing is { State: JobRunState.Running } && standing.Takeovers >= _module.Options.TakeoversMax)
            return await EndAsync(delivery, JobRunState.Failed,
                $"Given up: {standing.Takeovers + 1} processes died while they ran it.", shutdown);

        await using var hold = new JobHold(
            _module.Database, delivery, definition.Policy.Overlap, _module.Options.Lease);
        switch (await hold.TryEnterAsync(shutdown))
        {
            case EntryAnswer.Held: return await RunHeldAsync(delivery, definition, hold, shutdown);
            case EntryAnswer.Busy: return new Redelivery(delivery, TurnWait(standing.Age));
            case EntryAnswer.Taken: return new Redelivery(delivery, ShortWait);
            default:
                JobsLogging.Ended(
                    _logger, delivery.JobKey, delivery.RunId, delivery.Attempt, JobRunState.Refused, null);
                return null;
        }
    }

    /// <summary>The longer a run has waited for its turn, the more rarely it asks.</summary>
    static TimeSpan TurnWait(TimeSpan age) =>
        TimeSpan.FromTicks(Math.Clamp(age.Ticks / 4, ShortWait.Ticks, TurnWaitMax.Ticks));

    async Task<Redelivery?> UnknownAsync(JobDelivery delivery, JobStanding standing, CancellationToken ct) =>
        standing.Age < UnknownJobPatience
            ? new Redelivery(delivery, TurnWaitMax)
            : await EndAsync(delivery, JobRunState.Failed, $"No job is registered as '{delivery.JobKey}'.", ct);

    async Task<Redelivery?> EndAsync(JobDelivery delivery, JobRunState state, string reason, CancellationToken ct)
    {
        await _log.EndUnownedAsync(delivery, state, reason, ct);
        JobsLogging.Ended(_logger, delivery.JobKey, delivery.RunId, delivery.Attempt, state, reason);
        return null;
    }

    async Task<Redelivery?> RunHeldAsync(
        JobDelivery delivery, JobDefinition definition, JobHold hold, CancellationToken shutdown)
    {
        using var activity = JobsTelemetry.Start(delivery, _module.Name);
        using var run = new ActiveRun(shutdown);
        using var beating = new CancellationTokenSource();
        _active[delivery.RunId] = run;
        var heart = HeartbeatAsync(run, hold, beating.Token);
        JobsLogging.Began(_logger, delivery.JobKey, delivery.RunId, delivery.Attempt);

        try
        {
            var outcome = await ExecuteAsync(delivery, definition, hold, run);
            return await SettleAsync(delivery, definition, hold, (run, outcome), activity);
        }
        finally
        {
            // The heart must stop before the hold is let go, or it would take it again.
            _active.TryRemove(delivery.RunId, out _);
            await beating.CancelAsync();
            await heart;
        }
    }

    /// <returns>Null when the job ended because it was told to stop.</returns>
    async Task<JobOutcome?> ExecuteAsync(JobDelivery delivery, JobDefinition definition, JobHold hold, ActiveRun run)
    {
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var job = (IJob)scope.ServiceProvider.GetRequiredService(definition.Type);
            return await job.RunAsync(new JobRun(delivery, Progress(hold)), run.Token);
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever a job throws is how it ended: the run log carries it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            JobsLogging.Threw(_logger, delivery.JobKey, delivery.RunId, e);
            return new Failed($"{e.GetType().Name}: {e.Message}");
        }
    }

    Func<double, string?, CancellationToken, Task> Progress(JobHold hold)
    {
        var last = long.MinValue;
        return async (fraction, note, ct) =>
        {
            var now = _clock.GetTimestamp();
            if (last != long.MinValue && fraction < 1 && _clock.GetElapsedTime(last, now) < ShortWait) return;
            last = now;
            try
            {
                await hold.ProgressAsync(fraction, note, ct);
            }
            catch (NpgsqlException e)
            {
                JobsLogging.ProgressLost(_logger, e);
            }
        };
    }

    async Task<Redelivery?> SettleAsync(
        JobDelivery delivery, JobDefinition definition, JobHold hold, (ActiveRun Run, JobOutcome? Outcome) ended,
        Activity? activity)
    {
        var (run, outcome) = ended;
        if (outcome is null && run.Cause == StopCause.Shutdown)
        {
            await hold.ReleaseAsync(CancellationToken.None);
            JobsLogging.GivenBack(_logger, delivery.JobKey, delivery.RunId);
            throw new OperationCanceledException(run.Shutdown);
        }
        if (outcome is Retry retry && delivery.Attempt < definition.Policy.AttemptsMax && run.Cause == StopCause.None)
            return await RetryAsync(delivery, hold, retry, activity);

        var (state, result, reason) = End(outcome, run.Cause, delivery.Attempt);
        var ours = state is { } end && await PersistAsync(() => hold.EndAsync(end, result, reason, default));
        JobsTelemetry.End(activity, ours ? state!.Value : null, reason);
        if (ours) JobsLogging.Ended(_logger, delivery.JobKey, delivery.RunId, delivery.Attempt, state!.Value, reason);
        else JobsLogging.LeaseLost(_logger, delivery.JobKey, delivery.RunId);
        return ours ? null : new Redelivery(delivery, _module.Options.Lease);
    }

    async Task<Redelivery?> RetryAsync(JobDelivery delivery, JobHold hold, Retry retry, Activity? activity)
    {
        var ours = await PersistAsync(() => hold.EndForRetryAsync(retry, default));
        JobsTelemetry.End(activity, ours ? JobRunState.Retrying : null, retry.Why);
        JobsLogging.Ended(
            _logger, delivery.JobKey, delivery.RunId, delivery.Attempt, JobRunState.Retrying, retry.Why);
        return ours ? new Redelivery(delivery.Next(), retry.After) : new Redelivery(delivery, _module.Options.Lease);
    }

    static (JobRunState? State, string? Result, string? Reason) End(
        JobOutcome? outcome, StopCause cause, int attempt) =>
        outcome switch
        {
            Done done => (JobRunState.Done, done.ResultJson, null),
            Failed failed => (JobRunState.Failed, null, failed.Why),
            Retry retry when cause == StopCause.Requested => (JobRunState.Stopped, null, retry.Why),
            Retry retry => (JobRunState.Failed, null, $"Given up after {attempt} attempts: {retry.Why}"),
            _ when cause == StopCause.Requested => (JobRunState.Stopped, null, "Stopped on request."),
            _ => (null, null, null),
        };

    /// <summary>Repeats a write while the database does not answer, as long as a lease lasts.</summary>
    async Task<bool> PersistAsync(Func<Task<bool>> write)
    {
        for (var began = _clock.GetTimestamp(); ;)
        {
            try
            {
                return await write();
            }
            catch (NpgsqlException e) when (e.IsTransient && _clock.GetElapsedTime(began) < _module.Options.Lease)
            {
                JobsLogging.Unanswered(_logger, e);
                await Task.Delay(ShortWait, _clock);
            }
        }
    }

    async Task HeartbeatAsync(ActiveRun run, JobHold hold, CancellationToken ended)
    {
        var beat = _module.Options.Lease / 4;
        for (var kept = _clock.GetTimestamp(); !run.IsLost;)
        {
            await Task.Delay(beat, _clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested) return;
            var now = _clock.GetTimestamp();
            try
            {
                var answer = await hold.RenewAsync(CancellationToken.None);
                if (answer == LeaseAnswer.StopRequested) run.Stop(StopCause.Requested);
                if (answer == LeaseAnswer.Lost) run.Stop(StopCause.LeaseLost);
                kept = now;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                JobsLogging.Unanswered(_logger, e);
                // The next beat would come after the lease has run out.
                if (_clock.GetElapsedTime(kept) + beat > _module.Options.Lease) run.Stop(StopCause.LeaseLost);
            }
        }
    }
}
