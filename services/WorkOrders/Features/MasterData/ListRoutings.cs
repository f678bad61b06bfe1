using Mes.Web.Auth;
using Mes.Web;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

static class ListRoutingsEndpoint
{
    static readonly CodePages<Routing> Listed =
        new CodePages<Routing>(r => r.Code, r => r.Revision).FoundBy(r => r.Code, r => r.Product);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/routings", Handle).Named("listRoutings", "List the routings")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their codes, then of their revisions.</summary>
    static async Task<Page<RoutingView>> Handle(
        WorkOrdersDb db, Code? product, [AsParameters] SearchFilter search,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Listed.Take(
            db.Routings.AsNoTracking().Where(routing => product == null || routing.Product == product), search, page)
            .ToListAsync(ct);
        var known = await KnownCodes.In(rows, db, ct);
        return Listed.Page(rows.ConvertAll(routing => RoutingView.Of(routing, known)), page,
            routing => [routing.Code, routing.Revision]);
    }
}
