using Mes.Inventory.Domain;

namespace Mes.Inventory.Features.Reservations;

/// <summary>A part of a lot at a location that is kept for an order.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Order">Number of the order.</param>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Location">Location code.</param>
/// <param name="Quantity">Quantity in the material's unit, &gt; 0.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
public sealed record ReservationView(
    Guid Id, string Order, string Material, string Lot, string Location, decimal Quantity, DateTimeOffset CreatedAt)
{
    internal static ReservationView Of(Reservation row) =>
        new(row.Id, row.OrderNumber, row.Material, row.Lot, row.Location, row.Quantity, row.CreatedAt);
}
