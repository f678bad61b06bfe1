namespace Mes.Inventory.Domain;

/// <summary>A part of a lot at a location that is kept for an order.</summary>
public sealed class Reservation
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The order.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Material code.</summary>
    public required string Material { get; init; }

    /// <summary>Lot number.</summary>
    public required string Lot { get; init; }

    /// <summary>Location code.</summary>
    public required string Location { get; init; }

    /// <summary>Quantity in the material's unit, &gt; 0.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Keeps so much more.</summary>
    public void Raise(decimal quantity) => Quantity += quantity;
}
