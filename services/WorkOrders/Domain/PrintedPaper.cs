namespace Mes.WorkOrders.Domain;

/// <summary>What is printed of an order.</summary>
public enum Paper
{
    /// <summary>The paper that goes with the order.</summary>
    Traveller,
    /// <summary>A label for each piece.</summary>
    UnitLabels
}

/// <summary>
/// That somebody printed something of an order; never changed: a second traveller on the floor is to be known of.
/// </summary>
public sealed class PrintedPaper
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>What was printed.</summary>
    public Paper Paper { get; init; }

    /// <summary>Which print it is, from 1.</summary>
    public int Number { get; init; }

    /// <summary>The first piece that a label was printed of, by its place in the order, or null: from the first.</summary>
    public int? FirstPiece { get; init; }

    /// <summary>The last one, or null: to the last that had a number.</summary>
    public int? LastPiece { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset PrintedAt { get; init; }

    /// <summary>Name of who printed it.</summary>
    public required string PrintedBy { get; init; }
}
