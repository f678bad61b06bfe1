using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Papers;

static class ListPrintsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders/{id:guid}/prints", Handle).Named("listPrints", "List what was printed of an order")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The last printed first.</summary>
    static async Task<Page<PrintView>> Handle(
        Guid id, Paper? paper, WorkOrdersDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await db.RequireOrder(id, ct);
        var before = page.AfterId(first: Guid.AllBitsSet);
        var rows = await db.Prints.AsNoTracking()
            .Where(print => print.OrderId == id && (paper == null || print.Paper == paper) && print.Id < before)
            .OrderByDescending(print => print.Id).Take(page.Size + 1).ToListAsync(ct);
        var shown = Page.Of(rows, page.Size, print => print.Id.ToString());
        return new([.. shown.Items.Select(PrintView.Of)], shown.Next);
    }
}
