namespace Mes.Inventory.Domain;

/// <summary>Kinds of movements.</summary>
public static class MovementKinds
{
    /// <summary>A supplier delivered.</summary>
    public const string SupplierReceipt = "supplier-receipt";
    /// <summary>Handed out to a work order.</summary>
    public const string Issue = "issue";
    /// <summary>Given back by a work order.</summary>
    public const string Return = "return";
    /// <summary>From one place to another.</summary>
    public const string Move = "move";
    /// <summary>A count found more or less.</summary>
    public const string Adjustment = "adjustment";
    /// <summary>The counter-movement of one of the above.</summary>
    public const string Reversal = "reversal";
    /// <summary>Good pieces of a receipt operation.</summary>
    public const string ProductionReceipt = "production-receipt";
    /// <summary>The counter-movement of a production receipt.</summary>
    public const string ProductionReceiptReversal = "production-receipt-reversal";
    /// <summary>Used up by a production report.</summary>
    public const string Consumption = "consumption";
    /// <summary>The counter-movement of a consumption.</summary>
    public const string ConsumptionReversal = "consumption-reversal";
    /// <summary>Used up by an order by itself, as its bill of materials says.</summary>
    public const string Backflush = "backflush";
    /// <summary>Put back of that.</summary>
    public const string BackflushReversal = "backflush-reversal";
}

/// <summary>What caused a movement; unique together with its part.</summary>
/// <param name="Kind"><see cref="Command"/>, <see cref="ProductionReport"/> or <see cref="WorkOrder"/>.</param>
/// <param name="Id">Identity within the kind.</param>
/// <param name="LegKind">Which of the movements that the source causes.</param>
/// <param name="Part">Number of this one among several of that kind, from 1.</param>
public sealed record MovementSource(string Kind, string Id, string LegKind, int Part)
{
    /// <summary>A command of a client.</summary>
    public const string Command = "command";

    /// <summary>A production report.</summary>
    public const string ProductionReport = "production-report";

    /// <summary>A work order, by what was reported on it.</summary>
    public const string WorkOrder = "work-order";
}

/// <summary>A movement of stock: never changed, undone by its counter-movement only.</summary>
public sealed class Movement
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>One of <see cref="MovementKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>See <see cref="MovementSource"/>.</summary>
    public required string SourceKind { get; init; }

    /// <summary>See <see cref="MovementSource"/>.</summary>
    public required string SourceId { get; init; }

    /// <summary>See <see cref="MovementSource"/>.</summary>
    public required string LegKind { get; init; }

    /// <summary>See <see cref="MovementSource"/>.</summary>
    public int Part { get; init; }

    /// <summary>The work order, or null.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Code of the order's operation that it is for, or null where nobody said.</summary>
    public string? Operation { get; init; }

    /// <summary>The component that it is used in place of, or null.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>How much of it replaces one unit of that component.</summary>
    public decimal? InsteadRatio { get; init; }

    /// <summary>The movement that this one undoes, or null.</summary>
    public Guid? Reverses { get; init; }

    /// <summary>Why, or null where nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>The paper it came with, or null.</summary>
    public string? Reference { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was posted, UTC.</summary>
    public DateTimeOffset PostedAt { get; init; }

    /// <summary>Its entries; they sum to zero per material and lot.</summary>
    public ICollection<LedgerEntry> Entries { get; init; } = [];
}

/// <summary>One side of a movement.</summary>
public sealed class LedgerEntry
{
    /// <summary>The movement.</summary>
    public Guid MovementId { get; init; }

    /// <summary>Number within the movement, from 1.</summary>
    public int Line { get; init; }

    /// <summary>Material code.</summary>
    public required string Material { get; init; }

    /// <summary>Lot number.</summary>
    public required string Lot { get; init; }

    /// <summary>Location code.</summary>
    public required string Location { get; init; }

    /// <summary>Into the location where positive, out of it where negative; in the material's unit; never 0.</summary>
    public decimal Quantity { get; init; }
}
