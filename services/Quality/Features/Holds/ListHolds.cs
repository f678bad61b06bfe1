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

/// <summary>What holds are sorted by.</summary>
public enum HoldSort
{
    /// <summary>When they were placed.</summary>
    PlacedAt
}

static class ListHoldsEndpoint
{
    static readonly SortedPages<Hold, HoldSort> Sorted =
        new SortedPages<Hold, HoldSort>(hold => hold.Id, isDescending: true)
            .By(HoldSort.PlacedAt, hold => hold.PlacedAt);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/holds", Handle).Named("listHolds", "List the holds")
        .RequireAuthorization(Permissions.ReadQuality);

    /// <summary>The newest first unless told; the time is that at which they were placed.</summary>
    static async Task<Page<HoldView>> Handle(
        [AsParameters] HoldFilter filter, [AsParameters] TimeFilter placed, [AsParameters] Sorting<HoldSort> sorting,
        [AsParameters] PageRequest page, QualityDb db, CancellationToken ct)
    {
        var holds = db.Holds.AsNoTracking().In(placed, hold => hold.PlacedAt)
            .Where(hold => filter.Order == null
                || db.Orders.Any(order => order.OrderId == hold.OrderId && order.Number == filter.Order))
            .Where(hold => filter.OrderId == null || hold.OrderId == filter.OrderId)
            .Where(hold => filter.Lot == null || hold.Lot == filter.Lot);
        // as the index has it, which knows those that are active
        if (filter.Status is { } status) holds = holds.Where(hold => hold.IsActive == EF.Constant(status == HoldStatus.Active));
        var rows = await Sorted.Take(filter is (null, null, null, null) ? holds : await holds.FoundFirst(ct), sorting, page)
            .ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, HoldView.Of);
    }
}
