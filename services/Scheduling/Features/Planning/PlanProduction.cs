using Mes.Hosting.Jobs;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Mes.Scheduling.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features;

/// <summary>How a planning run goes about it.</summary>
public enum PlanningMode
{
    /// <summary>From scratch.</summary>
    Full,
    /// <summary>Only where something changed since the last plan, changing little.</summary>
    Incremental
}

/// <summary>What a planning run is told.</summary>
public sealed record PlanningArguments(PlanningMode Mode);

/// <summary>The planning job: makes a plan of all open orders and publishes it.</summary>
sealed class PlanProduction(SchedulingDb db, Planner planner, OutboxSignal<SchedulingDb> signal) : IJob
{
    public const string Key = "plan-production";

    public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken stop)
    {
        var mode = System.Text.Json.JsonSerializer.Deserialize<PlanningArguments>(run.Arguments, MessageJson.Options)!.Mode;
        db.Actor = Actor.System(Key);
        db.Action = run.ScheduleKey ?? Key;
        try
        {
            var plan = await db.InTransaction(signal, () => planner.Plan(run.RunId, mode, stop), stop);
            return plan is null ? new Done("""{"changed":false}""") : Done.With(plan);
        }
        catch (ModelRefusedException refused)
        {
            return new Failed(refused.Message);
        }
    }
}
