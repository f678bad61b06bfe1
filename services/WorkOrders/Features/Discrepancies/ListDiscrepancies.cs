using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Discrepancies;

static class ListDiscrepanciesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/discrepancies", Handle).Named("listDiscrepancies", "List what was reported against the rules")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their ids; the time is that at which they were found.</summary>
    static async Task<Page<DiscrepancyView>> Handle(
        WorkOrdersDb db, string? kind, Code? order, Guid? orderId, DiscrepancyStatus? status, [AsParameters] TimeFilter found,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Discrepancies.AsNoTracking().In(found, d => d.FoundAt)
            .Where(d => d.Id > after && (kind == null || d.Kind == kind)
                && (status == null || (status == DiscrepancyStatus.Open) == (d.SettledAt == null))
                && (orderId == null || d.OrderId == orderId)
                && (order == null || db.Orders.Any(o => o.Id == d.OrderId && o.Number == order)))
            .OrderBy(d => d.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(DiscrepancyView.Of), page.Size, row => row.Id.ToString());
    }
}
