using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Features.Scenarios;

/// <summary>A scenario and its current plan.</summary>
/// <param name="Id">Identity: the id of the command that made it.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="BaseVersion">Version of the plan that it was copied from; 0 where there was none.</param>
/// <param name="Revision">Number of its current plan, from 1; undo goes back by one.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="Changes">What was changed, in order, at most 1,000.</param>
/// <param name="Plan">Its current plan.</param>
public sealed record ScenarioView(
    Guid Id, string Name, ScenarioStatus Status, long BaseVersion, int Revision, DateTimeOffset CreatedAt,
    IReadOnlyList<ScenarioStep> Changes, PlanView Plan)
{
    internal static ScenarioView Of(Scenario scenario, PlanRecord plan) => new(
        scenario.Id, scenario.Name, scenario.Status, scenario.BaseVersion, scenario.Revision, scenario.CreatedAt,
        scenario.Changes, PlanView.Of(plan));
}
