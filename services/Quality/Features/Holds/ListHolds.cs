using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Holds;

/// <summary>Which holds are asked for.</summary>
/// <param name="Status">Where they stand, or absent for all.</param>
/// <param name="Order">Number of the order they are on, or absent for all.</param>
/// <param name="OrderId">Id of the order they are on, or absent for all.</param>
/// <param name="Lot">The lot they are on, or absent for all.</param>
public sealed record HoldFilter(HoldStatus? Status, Code? Order, Guid? OrderId, Code? Lot);

/// <summary>Lists holds, newest first.</summary>
static class ListHoldsEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/holds", Handle).Named("listHolds", "List the holds")
        .RequireAuthorization(Permissions.ReadQuality);

    /// <summary>In the order of their ids, the last first; the time is that at which they were placed.</summary>
    static async Task<Page<HoldView>> Handle(
        [AsParameters] HoldFilter filter, [AsParameters] TimeFilter placed, [AsParameters] PageRequest page, QualityDb db,
        CancellationToken ct)
    {
        var before = page.AfterId(first: Guid.AllBitsSet);
        var rows = await db.Holds.AsNoTracking().In(placed, hold => hold.PlacedAt).Where(hold => hold.Id < before)
            .Where(hold => filter.Status == null || hold.IsActive == (filter.Status == HoldStatus.Active))
            .Where(hold => filter.Order == null
                || db.Orders.Any(order => order.OrderId == hold.OrderId && order.Number == filter.Order))
            .Where(hold => filter.OrderId == null || hold.OrderId == filter.OrderId)
            .Where(hold => filter.Lot == null || hold.Lot == filter.Lot)
            .OrderByDescending(hold => hold.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of([.. rows.Select(HoldView.Of)], page.Size, last => last.Id.ToString());
    }
}
