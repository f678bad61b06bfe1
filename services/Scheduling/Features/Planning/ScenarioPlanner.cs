using System.Diagnostics;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Features.Planning;

/// <summary>Has the engine look for a better plan of a scenario.</summary>
sealed class ScenarioPlanner(
    SchedulingDb db, ScenarioStore scenarios, EngineProcess engine, RunStore runs, OutboxSignal<SchedulingDb> signal)
{
    public async Task Plan(Guid id, PlanningRun run, RunWatch watch)
    {
        var took = Stopwatch.StartNew();
        var before = await scenarios.Open(id, watch.Ending);
        var seconds = before.Facts.Settings.FullSeconds;
        var search = PlanSearch.Of(before.Facts, PlanningPurpose.Full, seconds, before.Scenario.Origin);
        var found = await engine.Solve(search, watch);
        var story = new PlanStory(nameof(PlanningMode.Full), run.Trigger, found.Method, took.Elapsed) { RunId = run.Id };
        await db.InTransaction(signal, async () =>
        {
            var kept = await Keep(id, found, story);
            await runs.End(db, run, RunEnd.Of(found, kept), CancellationToken.None);
            return true;
        }, CancellationToken.None);
    }

    /// <summary>It may have been changed meanwhile: what was found is judged by what it is now.</summary>
    async Task<KeptPlan?> Keep(Guid id, EngineResult found, PlanStory story)
    {
        var open = await scenarios.ForUpdate(id, CancellationToken.None);
        var best = PlanSearch.Better(open.Facts, found.Rows, PlanningPurpose.Full, open.Scenario.Origin);
        return open.Facts.Plan.Count > 0 && PlanSearch.Places(open.Facts, best.Rows())
            ? null
            : new KeptPlan(await scenarios.Add(open, best, open.Facts, null, story, CancellationToken.None),
                PlanChanges.Between(open.Facts, open.Facts.Plan, best.Rows()));
    }
}
