namespace Mes.Inventory.Domain;

/// <summary>That somebody printed the label of a lot; never changed: two labels of one lot are to be known of.</summary>
public sealed class LabelPrint
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Material code.</summary>
    public required string Material { get; init; }

    /// <summary>Number of the lot.</summary>
    public required string Lot { get; init; }

    /// <summary>Which print it is, from 1.</summary>
    public int Number { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset PrintedAt { get; init; }

    /// <summary>Name of who printed it.</summary>
    public required string PrintedBy { get; init; }
}
