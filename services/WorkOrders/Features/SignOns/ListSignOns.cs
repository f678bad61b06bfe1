using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.SignOns;

static class ListSignOnsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/sign-ons", Handle).Named("listSignOns", "List who is signed on")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their ids.</summary>
    static async Task<Page<SignOnView>> Handle(
        WorkOrdersDb db, Code? station, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.SignOns.AsNoTracking()
            .Where(s => s.Id > after && s.SignedOffAt == null && (station == null || s.Station == station))
            .OrderBy(s => s.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(await SignOnView.Of(rows, db, ct), page.Size, signOn => signOn.Id.ToString());
    }
}
