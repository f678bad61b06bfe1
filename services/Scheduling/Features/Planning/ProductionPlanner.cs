using System.Diagnostics;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Planning;

/// <summary>
/// Has the engine look for a plan of production, in a process of its own, and publishes the better of what it found and the
/// plan in force, each brought up to what is known at that moment.
/// </summary>
sealed class ProductionPlanner(
    SchedulingDb db, PlanningInput input, PlanStore plans, RunStore runs, EngineProcess engine, OutboxSignal<SchedulingDb> signal,
    TimeProvider clock)
{
    public async Task Plan(PlanningRun run, RunWatch watch)
    {
        var mode = Enum.Parse<PlanningMode>(run.Mode);
        var change = await Scalar("SELECT last_value FROM demand_change", watch.Ending);
        if (mode == PlanningMode.Incremental
            && change == await Scalar("SELECT planned_change FROM planning_state", watch.Ending))
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
            var kept = await PublishBest(found, mode, story, change);
            await runs.End(db, run, RunEnd.Of(found, kept), CancellationToken.None);
            return true;
        }, CancellationToken.None);
    }

    /// <summary>Time has passed, and the floor has gone on, while the engine was searching: what it found is judged by
    /// what is now.</summary>
    async Task<KeptPlan?> PublishBest(EngineResult found, PlanningMode mode, PlanStory story, long change)
    {
        await plans.TakeTurn(CancellationToken.None);
        var facts = await input.Read(CancellationToken.None);
        var best = PlanSearch.Better(facts, found.Rows, PurposeOf(mode), clock.GetUtcNow());
        // SQL: a counter that is no entity, as its changes are nobody's to audit
        // Not audited: a cursor
        await db.Database.ExecuteSqlAsync($"UPDATE planning_state SET planned_change = {change}");
        return PlanSearch.IsInForce(facts, best)
            ? null
            : new KeptPlan(await plans.Publish(best, facts, story, CancellationToken.None),
                PlanChanges.Between(facts, facts.Plan, best.Rows()));
    }

    static PlanningPurpose PurposeOf(PlanningMode mode) =>
        mode == PlanningMode.Full ? PlanningPurpose.Full : PlanningPurpose.Improve;

    static int SecondsOf(PlanningSettings settings, PlanningMode mode) => mode switch
    {
        PlanningMode.Full => settings.FullSeconds,
        PlanningMode.Incremental => settings.IncrementalSeconds,
        _ => settings.RepairSeconds
    };

    Task<long> Scalar(string sql, CancellationToken ct) => db.ReadValue<long>(sql, null, ct);
}
