using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Scenarios;

static class DiscardScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios/{id:guid}/discard", Handle).Named("discardScenario", "Discard a scenario")
            .RequireAuthorization(Permissions.Plan);

    static async Task<NoContent> Handle(Guid id, ScenarioStore scenarios, CancellationToken ct)
    {
        (await scenarios.ForUpdate(id, ct)).Scenario.Discard();
        return TypedResults.NoContent();
    }
}
