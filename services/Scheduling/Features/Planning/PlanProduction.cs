using System.Diagnostics;
using System.Text.Json;
using Mes.Hosting.Jobs;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Features;

/// <summary>How a planning run goes about it.</summary>
public enum PlanningMode
{
    /// <summary>From scratch; only the frozen zone and locks keep their place.</summary>
    Full,
    /// <summary>Only where something changed since the last plan, changing little.</summary>
    Incremental,
    /// <summary>After an event, changing little.</summary>
    Repair
}

/// <summary>What a planning run is told.</summary>
/// <param name="Mode">How to go about it.</param>
/// <param name="Trigger">What asked for it; null: the schedule, or a person.</param>
/// <param name="ScenarioId">The scenario to plan; null: the plant itself.</param>
public sealed record PlanningArguments(PlanningMode Mode, string? Trigger = null, Guid? ScenarioId = null);

/// <summary>
/// The planning job: has the engine look for a plan, in a process of its own, and publishes the better of what it found
/// and the plan in force, each brought up to what is known at that moment.
/// </summary>
sealed class PlanProduction(
    SchedulingDb db, PlanningInput input, PlanBook book, RunBook runs, EngineProcess engine, ScenarioPlanner scenarios,
    OutboxSignal<SchedulingDb> signal, TimeProvider clock, ILogger<PlanProduction> log) : IJob
{
    public const string Key = "plan-production";
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken stop)
    {
        var arguments = JsonSerializer.Deserialize<PlanningArguments>(run.Arguments, MessageJson.Options)!;
        db.Actor = Actor.System(Key);
        db.Action = run.ScheduleKey ?? Key;
        var story = new PlanStory(arguments.Mode.ToString(), arguments.Trigger ?? run.ScheduleKey ?? "asked", "", TimeSpan.Zero)
        {
            RunId = run.RunId
        };
        await runs.Begin(run.RunId, run.Attempt, story, arguments.ScenarioId, stop);
        try
        {
            var ended = await (arguments.ScenarioId is { } scenario
                ? scenarios.Plan(scenario, run, story, stop)
                : Plan(run, arguments.Mode, story, stop));
            await runs.End(run.RunId, run.Attempt, ended, CancellationToken.None);
            return Done.With(ended);
        }
        catch (ModelRefusedException refused)
        {
            return await Fail(run, refused.Message, null);
        }
        catch (EngineFailedException failed)
        {
            PlanningLog.EngineFailed(log, run.RunId, run.Attempt, failed.Message);
            return await Fail(run, failed.Message, RetryAfter * run.Attempt);
        }
        catch (Exception unanswered) when (unanswered is NpgsqlException { IsTransient: true } or
            InvalidOperationException { InnerException: NpgsqlException { IsTransient: true } })
        {
            return await Fail(run, $"The database did not answer: {unanswered.Message}", RetryAfter * run.Attempt);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (!await runs.IsCancelled(run.RunId))
            {
                throw;      // the process shuts down: another one takes the run over
            }
            var ended = new RunEnd(RunStatus.Cancelled);
            await runs.End(run.RunId, run.Attempt, ended, CancellationToken.None);
            return Done.With(ended);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            await Fail(run, $"{defect.GetType().Name}: {defect.Message}", null);
            throw;
        }
    }

    async Task<JobOutcome> Fail(JobRun run, string why, TimeSpan? retryAfter)
    {
        await runs.End(run.RunId, run.Attempt, new RunEnd(RunStatus.Failed) { Error = why }, CancellationToken.None);
        return retryAfter is { } after ? new Retry(after, why) : new Failed(why);
    }

    async Task<RunEnd> Plan(JobRun run, PlanningMode mode, PlanStory story, CancellationToken stop)
    {
        var change = await Scalar($"SELECT last_value AS \"Value\" FROM demand_change", stop);
        if (mode == PlanningMode.Incremental
            && change == await Scalar($"SELECT planned_change AS \"Value\" FROM planning_state", stop))
        {
            return new RunEnd(RunStatus.Unchanged);
        }
        var watch = Stopwatch.StartNew();
        var facts = await input.Read(stop);
        var search = PlanSearch.Of(facts, PurposeOf(mode), SecondsOf(facts.Settings, mode), clock.GetUtcNow());
        var found = await engine.Solve(search, new RunWatch(runs, run.RunId, run.Attempt), stop);
        var record = await db.InTransaction(signal, () => PublishBest(
            found, mode, story with { Took = watch.Elapsed, Method = found.Method }, change), CancellationToken.None);
        return RunEnd.Of(found, record);
    }

    /// <summary>Time has passed, and the floor has gone on, while the engine was searching: what it found is judged by
    /// what is now.</summary>
    async Task<PlanRecord?> PublishBest(EngineResult found, PlanningMode mode, PlanStory story, long change)
    {
        await book.TakeTurn(CancellationToken.None);
        var facts = await input.Read(CancellationToken.None);
        var best = PlanSearch.Better(facts, found.Rows, PurposeOf(mode), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"UPDATE planning_state SET planned_change = {change}");
        return PlanSearch.IsInForce(facts, best)
            ? null
            : await book.Publish(best, facts, story, CancellationToken.None);
    }

    static PlanningPurpose PurposeOf(PlanningMode mode) =>
        mode == PlanningMode.Full ? PlanningPurpose.Full : PlanningPurpose.Improve;

    static int SecondsOf(PlanningSettings settings, PlanningMode mode) => mode switch
    {
        PlanningMode.Full => settings.FullSeconds,
        PlanningMode.Incremental => settings.IncrementalSeconds,
        _ => settings.RepairSeconds
    };

    Task<long> Scalar(FormattableString sql, CancellationToken ct) => db.Database.SqlQuery<long>(sql).SingleAsync(ct);
}

static partial class PlanningLog
{
    [LoggerMessage(5001, LogLevel.Error,
        "Planning run {Run}, attempt {Attempt}: the engine failed; the plan in force stays. {Why}")]
    public static partial void EngineFailed(ILogger log, Guid run, int attempt, string why);

    [LoggerMessage(5002, LogLevel.Error, "The plan in force could not be shifted; it stays until the next run. {Why}")]
    public static partial void ShiftFailed(ILogger log, string why);
}
