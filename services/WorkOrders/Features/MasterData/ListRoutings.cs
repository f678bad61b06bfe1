using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

static class ListRoutingsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/routings", Handle).Named("listRoutings", "List the routings")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their codes, then of their revisions.</summary>
    static async Task<Page<RoutingView>> Handle(
        WorkOrdersDb db, Code? product, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var (code, revision) = page.AfterTexts(2) is [var c, var r] ? (c, r) : ("", "");
        var rows = await db.Routings.AsNoTracking()
            .Where(routing => (product == null || routing.Product == product)
                && (string.Compare(routing.Code, code) > 0
                    || (routing.Code == code && string.Compare(routing.Revision, revision) > 0)))
            .OrderBy(routing => routing.Code).ThenBy(routing => routing.Revision).Take(page.Size + 1).ToListAsync(ct);
        var known = await KnownCodes.In(rows, db, ct);
        return Page.Of(rows.ConvertAll(routing => RoutingView.Of(routing, known)), page.Size,
            routing => Page.Key(routing.Code, routing.Revision));
    }
}
