using System.ComponentModel.DataAnnotations;
using Mes.Inventory.Domain;

namespace Mes.Inventory.Features.Stock;

/// <summary>A quantity of a material that was made or bought together.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Its number, unique within the material.</param>
/// <param name="Status">Whether it may be used.</param>
/// <param name="Origin">Where it came from first: a supplier-receipt or production.</param>
/// <param name="ReceivedAt">When the first of it was received, UTC, or null where none was yet.</param>
/// <param name="ExpiresAt">When it expires, UTC, or null.</param>
/// <param name="IsUnsettled">Whether production reports want something of it that stock could not give.</param>
public sealed record LotView(
    string Material, string Lot, LotStatus Status,
    [property: AllowedValues(MovementKinds.SupplierReceipt, "production")] string Origin,
    DateTimeOffset? ReceivedAt, DateTimeOffset? ExpiresAt,
    bool IsUnsettled)
{
    internal static LotView Of(Domain.Lot lot) =>
        new(lot.Material, lot.Number, lot.Status, lot.Origin, lot.ReceivedAt, lot.ExpiresAt, lot.IsUnsettled);
}
