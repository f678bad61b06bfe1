using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Scenarios;

static class ShowScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/scenarios/{id:guid}", Handle).Named("showScenario", "Show a scenario")
            .RequireAuthorization(Permissions.ReadScheduling);

    static async Task<ScenarioView> Handle(Guid id, ScenarioStore scenarios, CancellationToken ct)
    {
        var open = await scenarios.Open(id, ct);
        return ScenarioView.Of(open.Scenario, open.Plan);
    }
}
