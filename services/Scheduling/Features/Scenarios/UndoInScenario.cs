using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Scenarios;

static class UndoInScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios/{id:guid}/undo", Handle).Named("undoInScenario", "Undo the last move in a scenario")
            .RequireAuthorization(Permissions.Plan);

    /// <summary>Goes back by one change, move or planning run.</summary>
    static async Task<Ok<ScenarioView>> Handle(Guid id, PlanStore plans, ScenarioStore scenarios, CancellationToken ct)
    {
        var scenario = (await scenarios.ForUpdate(id, ct)).Scenario;
        scenario.Undo();
        return TypedResults.Ok(ScenarioView.Of(scenario, await plans.Of(scenario, ct)));
    }
}
