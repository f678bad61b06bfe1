using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Scenarios;

/// <summary>A plan's figures, to be set side by side.</summary>
/// <param name="ScenarioId">The scenario, or null for the plan in force.</param>
/// <param name="Name">Its name.</param>
/// <param name="Plan">The plan, with late orders, tardiness, setups, work in process and makespan.</param>
/// <param name="Equipment">Utilization per equipment.</param>
/// <param name="Moved">How many operations it has elsewhere than the plan in force.</param>
public sealed record ScenarioFigures(
    Guid? ScenarioId, string Name, PlanView Plan, IReadOnlyList<EquipmentLoad> Equipment, int Moved);

/// <summary>Sets scenarios and the plan in force side by side.</summary>
static class CompareScenariosEndpoint
{
    const int ScenariosMax = 10;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/scenarios/compare", Handle).Named("compareScenarios", "Compare scenarios by their figures")
            .RequireAuthorization(Permissions.ReadScheduling);

    static async Task<IReadOnlyList<ScenarioFigures>> Handle(
        Guid[] id, PlanStore plans, ScenarioStore scenarios, PlanningInput input, CancellationToken ct)
    {
        if (id.Length is 0 or > ScenariosMax)
        {
            throw RuleViolation.Malformed("invalid-value", $"Name 1 to {ScenariosMax} scenarios.", ("field", "id"),
                ("value", id.Length));
        }
        var figures = new List<ScenarioFigures>();
        var inForce = await plans.InForce(ct);
        var facts = await input.Read(ct);
        if (inForce is not null)
        {
            figures.Add(new ScenarioFigures(
                null, "in force", PlanView.Of(inForce), PlanFigures.Loads(facts, facts.Plan, inForce.Origin), 0));
        }
        foreach (var scenario in id.Distinct())
        {
            var open = await scenarios.Open(scenario, ct);
            figures.Add(new ScenarioFigures(scenario, open.Scenario.Name, PlanView.Of(open.Plan),
                PlanFigures.Loads(open.Facts, open.Facts.Plan, open.Plan.Origin),
                PlanChanges.Between(open.Facts, facts.Plan, open.Facts.Plan).Moved.Count));
        }
        return figures;
    }
}
