using Mes.Quality.Domain;

namespace Mes.Quality.Data;

/// <summary>A hold.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Version">1 when placed, 2 when released.</param>
/// <param name="Status">Whether it is in force.</param>
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
    Guid Id, long Version, HoldStatus Status, Guid? OrderId, Guid? OperationId, string? Material, string? Lot, string Reason,
    Guid? InspectionId, DateTimeOffset PlacedAt, string PlacedBy, DateTimeOffset? ReleasedAt, string? ReleasedBy,
    string? ReleaseReason)
{
    /// <summary>Shows a hold.</summary>
    public static HoldView Of(Hold hold) => new(
        hold.Id, hold.Version, hold.IsActive ? HoldStatus.Active : HoldStatus.Released, hold.OrderId,
        hold.BlockedOperationId, hold.Material, hold.Lot, hold.Reason,
        hold.InspectionId, hold.PlacedAt, hold.PlacedBy, hold.ReleasedAt, hold.ReleasedBy, hold.ReleaseReason);
}
