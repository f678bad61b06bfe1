using Mes.Jobs;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Features.Planning;

/// <summary>
/// The planning job: has production, or a scenario of it, planned, and says how the run ended. The plan and the end of the run
/// are one transaction: a run that begins again after a crash has either left nothing, or has ended.
/// </summary>
sealed class PlanProduction(
    SchedulingDb db, RunStore runs, ProductionPlanner production, ScenarioPlanner scenarios, TimeProvider clock,
    ILogger<PlanProduction> log) : IJob
{
    public async Task Run(JobCall call, CancellationToken stop)
    {
        if (await runs.Begin(Guid.Parse(call.Argument!), stop) is not { } run)
        {
            return;     // it has ended, or was cancelled while it waited
        }
        db.Actor = Actor.System(RunStore.JobKey);
        db.Action = RunStore.JobKey;
        await using var watch = new RunWatch(runs, run, call, clock, stop);
        try
        {
            await (run.ScenarioId is { } scenario ? scenarios.Plan(scenario, run, watch) : production.Plan(run, watch));
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
