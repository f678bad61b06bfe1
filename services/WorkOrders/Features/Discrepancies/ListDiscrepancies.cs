using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Discrepancies;

/// <summary>What discrepancies are sorted by.</summary>
public enum DiscrepancySort
{
    /// <summary>When they were found.</summary>
    FoundAt,
    /// <summary>Their kind.</summary>
    Kind
}

static class ListDiscrepanciesEndpoint
{
    static readonly SortedPages<Discrepancy, DiscrepancySort> Sorted =
        new SortedPages<Discrepancy, DiscrepancySort>(found => found.Id)
            .By(DiscrepancySort.FoundAt, found => found.FoundAt)
            .By(DiscrepancySort.Kind, found => found.Kind);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/discrepancies", Handle).Named("listDiscrepancies", "List what was reported against the rules")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The earliest found first unless told; the time is that at which they were found.</summary>
    static async Task<Page<DiscrepancyView>> Handle(
        WorkOrdersDb db, string? kind, Code? order, Guid? orderId, DiscrepancyStatus? status, [AsParameters] TimeFilter found,
        [AsParameters] Sorting<DiscrepancySort> sorting, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var all = db.Discrepancies.AsNoTracking().In(found, d => d.FoundAt)
            .Where(d => (kind == null || d.Kind == kind) && (orderId == null || d.OrderId == orderId)
                && (order == null || db.Orders.Any(o => o.Id == d.OrderId && o.Number == order)));
        if (status is { } asked) all = all.Where(d => d.SettledAt == null == (asked == DiscrepancyStatus.Open));
        var rows = await Sorted.Take(await all.FoundFirst(ct), sorting, page).ToListAsync(ct);
        var context = await DiscrepancyContext.Of(rows, db, ct);
        return Sorted.Page(rows, sorting, page, context.View);
    }
}
