using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Scheduling.Features.Scenarios;

static class PlanScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios/{id:guid}/plan", Handle).Named("planScenario", "Plan a scenario")
            .RequireAuthorization(Permissions.Plan);

    /// <summary>Asks for a planning run of a scenario.</summary>
    static async Task<Ok<PlanRequested>> Handle(
        Guid id, [FromHeader(Name = CommandHeader.Name)] Guid commandId, ScenarioStore scenarios, SchedulingDb db,
        RunSignal asked, TimeProvider clock, CancellationToken ct)
    {
        await scenarios.ForUpdate(id, ct);
        db.Runs.Add(PlanningRun.OfScenario(commandId, id, clock.GetUtcNow()));
        db.AfterCommit(asked.Set);
        return TypedResults.Ok(new PlanRequested(commandId));
    }
}
