using System.Diagnostics;
using Mes.Jobs;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Planning;

/// <summary>
/// The planning job: has the engine look for a plan, in a process of its own, and publishes the better of what it found
/// and the plan in force, each brought up to what is known at that moment. The plan and the end of the run are one transaction:
/// a run that begins again after a crash has either left nothing, or has ended.
/// </summary>
sealed class PlanProduction(
    SchedulingDb db, PlanningInput input, PlanBook book, RunBook runs, EngineProcess engine, ScenarioPlanner scenarios,
    OutboxSignal<SchedulingDb> signal, TimeProvider clock, ILogger<PlanProduction> log) : IJob
{
    public async Task Run(JobCall call, CancellationToken stop)
    {
        if (await runs.Begin(Guid.Parse(call.Argument!), stop) is not { } run)
        {
            return;     // it has ended, or was cancelled while it waited
        }
        db.Actor = Actor.System(RunBook.JobKey);
        db.Action = RunBook.JobKey;
        await using var watch = new RunWatch(runs, run, call, clock, stop);
        try
        {
            await (run.ScenarioId is { } scenario ? scenarios.Plan(scenario, run, watch) : Plan(run, watch));
        }
        catch (ModelRefusedException refused)
        {
            await runs.Fail(run, refused.Message, isWorthAnother: false);
        }
        catch (EngineFailedException failed)
        {
            PlanningLog.EngineFailed(log, run.Id, run.Attempt, failed.Message);
            await runs.Fail(run, failed.Message, isWorthAnother: true);
        }
        catch (OperationCanceledException) when (watch.Ending.IsCancellationRequested)
        {
            if (!watch.IsCancelled)
            {
                await runs.Release(run);
                throw;
            }
            await runs.End(run, new RunEnd(RunStatus.Cancelled), CancellationToken.None);
        }
        catch (Exception defect) when (defect is not RunLostException && !CutOff.Is(defect))
        {
            await runs.Fail(run, $"{defect.GetType().Name}: {defect.Message}", isWorthAnother: false);
            throw;
        }
    }

    async Task Plan(PlanningRun run, RunWatch watch)
    {
        var mode = Enum.Parse<PlanningMode>(run.Mode);
        var change = await Scalar($"SELECT last_value AS \"Value\" FROM demand_change", watch.Ending);
        if (mode == PlanningMode.Incremental
            && change == await Scalar($"SELECT planned_change AS \"Value\" FROM planning_state", watch.Ending))
        {
            await runs.End(run, new RunEnd(RunStatus.Unchanged), CancellationToken.None);
            return;
        }
        var took = Stopwatch.StartNew();
        var facts = await input.Read(watch.Ending);
        var search = PlanSearch.Of(facts, PurposeOf(mode), SecondsOf(facts.Settings, mode), clock.GetUtcNow());
        var found = await engine.Solve(search, watch);
        var story = new PlanStory(run.Mode, run.Trigger, found.Method, took.Elapsed) { RunId = run.Id };
        await db.InTransaction(signal, async () =>
        {
            var record = await PublishBest(found, mode, story, change);
            await runs.End(db, run, RunEnd.Of(found, record), CancellationToken.None);
            return true;
        }, CancellationToken.None);
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

    [LoggerMessage(5003, LogLevel.Warning, "Planning runs that were asked for could not be started; trying again. {Why}")]
    public static partial void RunsNotStarted(ILogger log, string why);
}
