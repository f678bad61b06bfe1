using System.Diagnostics;
using System.Text.Json;
using Mes.Hosting.Problems;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Features;

/// <summary>A scenario with its facts: as copied, changed, and with its current plan.</summary>
sealed record OpenScenario(Scenario Scenario, PlanningFacts Facts, PlanRecord Plan);

/// <summary>Reads scenarios and adds revisions to them.</summary>
sealed class ScenarioBook(SchedulingDb db, PlanBook book)
{
    /// <summary>A scenario as it is now.</summary>
    /// <exception cref="RuleViolation">There is none (404).</exception>
    public async Task<OpenScenario> Open(Guid id, CancellationToken ct) => await Open(
        await db.Scenarios.AsNoTracking().SingleOrDefaultAsync(scenario => scenario.Id == id, ct)
            ?? throw RuleViolation.NotFound("scenario", id), ct);

    /// <summary>A scenario to change; whoever else would change it waits.</summary>
    /// <exception cref="RuleViolation">There is none (404), or it is no draft any more.</exception>
    public async Task<OpenScenario> ForUpdate(Guid id, CancellationToken ct)
    {
        var scenario = await db.Scenarios.FromSql($"SELECT * FROM scenario WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("scenario", id);
        return scenario.Status == ScenarioStatus.Draft ? await Open(scenario, ct) : throw new RuleViolation(
            "scenario-closed", "Only a draft can be changed. Make a new scenario.", ("scenario", id),
            ("status", scenario.Status.ToString()));
    }

    /// <summary>Adds a revision whose plan fits the facts, and the change it answers.</summary>
    public async Task<PlanRecord> Add(
        OpenScenario open, PlantPlan plan, PlanningFacts facts, ScenarioChange? change, PlanStory story, CancellationToken ct)
    {
        if (change is not null)
        {
            open.Scenario.Changes = [.. open.Scenario.Changes, new ScenarioStep(open.Scenario.Revision + 1, change)];
        }
        return await book.Keep(plan, facts, open.Scenario, story, ct);
    }

    async Task<OpenScenario> Open(Scenario scenario, CancellationToken ct)
    {
        var plan = await db.Plans.AsNoTracking().SingleAsync(row =>
            row.ScenarioId == scenario.Id && row.Revision == scenario.Revision, ct);
        var rows = await PlanRows.Of((NpgsqlConnection)db.Database.GetDbConnection(), plan.Id, ct);
        var copied = JsonSerializer.Deserialize<PlanningFacts>(scenario.Facts, MessageJson.Options)!;
        var facts = scenario.Changes.Aggregate(copied, (before, step) => before.Apply(step.Change));
        return new OpenScenario(scenario, facts with { Plan = rows }, plan);
    }
}

/// <summary>Has the engine look for a better plan of a scenario.</summary>
sealed class ScenarioPlanner(
    SchedulingDb db, ScenarioBook scenarios, EngineProcess engine, RunBook runs, OutboxSignal<SchedulingDb> signal)
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
            var record = await Keep(id, found, story);
            await runs.End(db, run, RunEnd.Of(found, record), CancellationToken.None);
            return true;
        }, CancellationToken.None);
    }

    /// <summary>It may have been changed meanwhile: what was found is judged by what it is now.</summary>
    async Task<PlanRecord?> Keep(Guid id, EngineResult found, PlanStory story)
    {
        var open = await scenarios.ForUpdate(id, CancellationToken.None);
        var best = PlanSearch.Better(open.Facts, found.Rows, PlanningPurpose.Full, open.Scenario.Origin);
        return open.Facts.Plan.Count > 0 && PlanSearch.Places(open.Facts, best.Rows())
            ? null
            : await scenarios.Add(open, best, open.Facts, null, story, CancellationToken.None);
    }
}
