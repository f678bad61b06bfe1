using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Planning;

static class ShowPlanEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans/{id:guid}", Handle).Named("showPlan", "Show a plan")
            .RequireAuthorization(Permissions.ReadScheduling);

    static async Task<PlanView> Handle(Guid id, PlanStore plans, CancellationToken ct) =>
        PlanView.Of(await plans.Require(id, ct));
}
