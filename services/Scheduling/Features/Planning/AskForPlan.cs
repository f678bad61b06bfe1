using Hangfire;
using Mes.Jobs;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Planning;

/// <summary>The job that asks for a planning run when its schedule is due; one that waits already is enough.</summary>
sealed class AskForPlan(SchedulingDb db, OutboxSignal<SchedulingDb> signal, RunSignal asked, TimeProvider clock) : IJob
{
    public const string Key = "ask-for-plan";

    /// <summary>From scratch at night, made up for once; changing little every 15 minutes.</summary>
    public static JobSchedule[] Schedules { get; } =
    [
        Of("plan-at-night", "0 2 * * *", MisfireHandlingMode.Relaxed),
        Of("plan-every-15-minutes", "*/15 * * * *", MisfireHandlingMode.Ignorable)
    ];

    public async Task Run(JobCall call, CancellationToken stop)
    {
        var trigger = call.Argument!;
        var mode = ModeOf(trigger);
        (db.Actor, db.Action) = (Actor.System(trigger), Key);
        await db.InTransaction(signal, async () =>
        {
            if (!await db.Runs.AnyAsync(run => run.Status == RunStatus.Waiting && run.Trigger == trigger, stop))
            {
                db.Runs.Add(PlanningRun.Asked(Guid.CreateVersion7(), mode.ToString(), trigger, clock.GetUtcNow()));
                db.AfterCommit(asked.Set);
            }
            return true;
        }, stop);
    }

    public static PlanningMode ModeOf(string schedule) =>
        schedule == Schedules[0].Key ? PlanningMode.Full : PlanningMode.Incremental;

    static JobSchedule Of(string key, string cron, MisfireHandlingMode missed) => new(key, cron, missed, Argument: key);
}
