using System.Text.Json;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Data;

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
