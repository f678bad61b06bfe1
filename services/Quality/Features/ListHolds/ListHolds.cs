using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.ListHolds;

/// <summary>Which holds are asked for.</summary>
/// <param name="Active">True for those in force, false for released ones, absent for all.</param>
/// <param name="Order">Number of the order they are on, or absent for all.</param>
/// <param name="OrderId">Id of the order they are on, or absent for all.</param>
/// <param name="Lot">The lot they are on, or absent for all.</param>
public sealed record HoldFilter(bool? Active, Code? Order, Guid? OrderId, Code? Lot);

/// <summary>A hold.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Version">1 when placed, 2 when released.</param>
/// <param name="IsActive">False once released.</param>
/// <param name="OrderId">The order, or null.</param>
/// <param name="OperationId">The operation that must not start while it is active, or null.</param>
/// <param name="Material">Material of the lot, or null.</param>
/// <param name="Lot">The lot, or null.</param>
/// <param name="Reason">Why it was placed.</param>
/// <param name="InspectionId">The inspection that placed it, or null where a person did.</param>
/// <param name="PlacedAt">When it was placed, UTC.</param>
/// <param name="PlacedBy">Who placed it.</param>
/// <param name="ReleasedAt">When it was released, UTC, or null.</param>
/// <param name="ReleasedBy">Who released it, or null.</param>
/// <param name="ReleaseReason">Why it was released, or null.</param>
public sealed record HoldView(
    Guid Id, long Version, bool IsActive, Guid? OrderId, Guid? OperationId, string? Material, string? Lot, string Reason,
    Guid? InspectionId, DateTimeOffset PlacedAt, string PlacedBy, DateTimeOffset? ReleasedAt, string? ReleasedBy,
    string? ReleaseReason)
{
    /// <summary>Shows a hold.</summary>
    public static HoldView Of(Hold hold) => new(
        hold.Id, hold.Version, hold.IsActive, hold.OrderId, hold.BlockedOperationId, hold.Material, hold.Lot, hold.Reason,
        hold.InspectionId, hold.PlacedAt, hold.PlacedBy, hold.ReleasedAt, hold.ReleasedBy, hold.ReleaseReason);
}

/// <summary>Lists holds, newest first.</summary>
static class ListHoldsEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/holds", Handle).RequireAuthorization(Permissions.ReadQuality);

    static async Task<Page<HoldView>> Handle(
        [AsParameters] HoldFilter filter, [AsParameters] PageRequest page, QualityDb db, CancellationToken ct)
    {
        var before = page.AfterId(first: Guid.AllBitsSet);
        var rows = await db.Holds.AsNoTracking().Where(hold => hold.Id < before)
            .Where(hold => filter.Active == null || hold.IsActive == filter.Active)
            .Where(hold => filter.Order == null
                || db.Orders.Any(order => order.OrderId == hold.OrderId && order.Number == filter.Order))
            .Where(hold => filter.OrderId == null || hold.OrderId == filter.OrderId)
            .Where(hold => filter.Lot == null || hold.Lot == filter.Lot)
            .OrderByDescending(hold => hold.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of([.. rows.Select(HoldView.Of)], page.Size, last => last.Id.ToString());
    }
}
