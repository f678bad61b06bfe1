using System.Text.Json;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Data;

/// <summary>A scenario with its facts: as copied, changed, and with its current plan.</summary>
sealed record OpenScenario(Scenario Scenario, PlanningFacts Copied, PlanningFacts Facts, PlanRecord Plan);

/// <summary>Reads scenarios and adds revisions to them.</summary>
sealed class ScenarioStore(SchedulingDb db, PlanStore plans)
{
    // by EF: the mapping reads the changes, which are JSON
    /// <summary>A scenario as it is now.</summary>
    /// <exception cref="RuleViolation">There is none (404).</exception>
    public async Task<OpenScenario> Open(Guid id, CancellationToken ct) => await Open(
        await db.Scenarios.AsNoTracking().SingleOrDefaultAsync(scenario => scenario.Id == id, ct)
            ?? throw RuleViolation.NotFound("scenario", id), ct);

    /// <summary>A scenario to change; whoever else would change it waits.</summary>
    /// <exception cref="RuleViolation">There is none (404), or it is no draft any more.</exception>
    public async Task<OpenScenario> ForUpdate(Guid id, CancellationToken ct)
    {
        // EF has no FOR UPDATE
        var scenario = await db.Scenarios.FromSql($"SELECT * FROM scenario WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("scenario", id);
        scenario.RequireDraft();
        return await Open(scenario, ct);
    }

    /// <summary>Adds a revision whose plan fits the facts, and the change it answers.</summary>
    public async Task<PlanRecord> Add(
        OpenScenario open, PlantPlan plan, PlanningFacts facts, ScenarioStep? step, PlanStory story, CancellationToken ct)
    {
        if (step is not null)
        {
            open.Scenario.Add(step);
        }
        return await plans.Keep(plan, facts, open.Scenario, story, ct);
    }

    async Task<OpenScenario> Open(Scenario scenario, CancellationToken ct)
    {
        var plan = await plans.Of(scenario, ct);
        var rows = await plans.Rows(plan, ct);
        var copied = JsonSerializer.Deserialize<PlanningFacts>(scenario.Facts, MessageJson.Options)!;
        var facts = scenario.Changes.Aggregate(copied, (before, step) => before.Apply(step));
        return new OpenScenario(scenario, copied, facts with { Plan = rows }, plan);
    }
}
