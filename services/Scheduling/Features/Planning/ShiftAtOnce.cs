using System.Diagnostics;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Planning;

/// <summary>
/// Answers events at once: the plan in force is shifted to fit the new facts and published, then one run is asked for
/// that optimizes it. What comes while one is answered, and soon after, is answered together: a storm of events queues nothing.
/// </summary>
sealed class ShiftAtOnce(
    IServiceScopeFactory scopes, OutboxSignal<SchedulingDb> signal, RunStore runs, EventSignal noted, RunSignal asked,
    TimeProvider clock, ILogger<ShiftAtOnce> log) : BackgroundService
{
    /// <summary>What another process has noted, or one that is gone, wakes nobody here.</summary>
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RestMin = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan FailureWait = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var began = clock.GetTimestamp();
                if (await Answer(stoppingToken))
                {
                    asked.Set();
                    // a large plan under a storm of events leaves most of the time to others
                    var rest = clock.GetElapsedTime(began) * 4;
                    await Task.Delay(rest > RestMin ? rest : RestMin, clock, stoppingToken);
                }
                await noted.WaitAsync(Look, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // the events are still there: what fails again and again is to be seen, not to be busy
                PlanningLog.ShiftFailed(log, failure.Message);
                await Task.Delay(FailureWait, clock, stoppingToken);
            }
        }
    }

    /// <summary>
    /// Answers all events there are, and asks for a run that optimizes the answer; false where there is no plan yet that
    /// they could change.
    /// </summary>
    async Task<bool> Answer(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SchedulingDb>();
        db.Actor = Actor.System("shift-at-once");
        db.Action = "shift-at-once";
        // most often there are none
        if (!await db.ReadValue<bool>("SELECT EXISTS (SELECT FROM planning_event)", null, ct)) return false;
        return await db.InTransaction(signal, async () =>
        {
            var plans = scope.ServiceProvider.GetRequiredService<PlanStore>();
            await plans.TakeTurn(ct);
            // SQL: taken and read by one statement, so that what is noted meanwhile stays
            // Not audited: a queue of work to do
            var kinds = await db.Database.SqlQuery<string>($"DELETE FROM planning_event RETURNING kind AS \"Value\"")
                .ToListAsync(ct);
            if (kinds.Count == 0 || await plans.Version(ct) == 0)
            {
                return false;
            }
            var facts = await scope.ServiceProvider.GetRequiredService<PlanningInput>().Read(ct);
            await Shift(db, plans, facts, string.Join(", ", kinds.Distinct().Order()), ct);
            await AskForOptimization(db, ct);
            return true;
        }, ct);
    }

    async Task Shift(SchedulingDb db, PlanStore plans, PlanningFacts facts, string trigger, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        var watch = Stopwatch.StartNew();
        var story = new PlanStory("Shift", trigger, "right shift", TimeSpan.Zero)
        {
            RunId = Guid.CreateVersion7(), Undo = (await plans.InForce(ct))?.Undo
        };
        try
        {
            var shifted = PlanShift.Shift(facts, facts.Plan, PlanSearch.Whole(clock.GetUtcNow()));
            story = story with
            {
                Orders = facts.Demand.Count,
                Operations = shifted.Plan.Operations.Count,
                Method = shifted.Plan.Method,
                Took = watch.Elapsed
            };
            var kept = PlanSearch.IsInForce(facts, shifted) ? null : new KeptPlan(
                await plans.Publish(shifted, facts, story, ct), PlanChanges.Between(facts, facts.Plan, shifted.Rows()));
            runs.Note(db, story, began, RunEnd.Of(ResultOf(shifted.Plan), kept));
        }
        catch (ModelRefusedException refused)
        {
            PlanningLog.ShiftFailed(log, refused.Message);
            runs.Note(db, story, began, new RunEnd(RunStatus.Failed) { Error = refused.Message });
        }
    }

    static EngineResult ResultOf(Plan plan) =>
        new([], new EngineProgress(0, [.. plan.Value.Levels], [.. plan.Bound.Levels]), plan.Method);

    /// <summary>One run that waits is enough for any number of events: it reads what is known when it begins.</summary>
    async Task AskForOptimization(SchedulingDb db, CancellationToken ct)
    {
        if (!await db.Runs.AnyAsync(run => run.Status == RunStatus.Waiting && run.Mode == nameof(PlanningMode.Repair), ct))
        {
            db.Runs.Add(PlanningRun.Asked(Guid.CreateVersion7(), nameof(PlanningMode.Repair), "event", clock.GetUtcNow()));
        }
    }
}
