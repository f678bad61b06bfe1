using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

static class ShowRoutingEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/routings/{code}/{revision}", Handle).Named("showRouting", "Show a revision of a routing")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<RoutingView> Handle(Code code, Code revision, WorkOrdersDb db, CancellationToken ct)
    {
        var routing = await db.Routings.AsNoTracking()
            .SingleOrDefaultAsync(routing => routing.Code == code && routing.Revision == revision, ct)
            ?? throw RuleViolation.NotFound("routing", $"{code}/{revision}");
        return RoutingView.Of(routing, await KnownCodes.In([routing], db, ct));
    }
}
