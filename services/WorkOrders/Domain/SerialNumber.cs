namespace Mes.WorkOrders.Domain;

/// <summary>How the pieces of a product are told apart.</summary>
public enum Tracking
{
    /// <summary>Only by the lot that they were made in.</summary>
    Lot,
    /// <summary>Each by a serial number of its own.</summary>
    Serial
}

/// <summary>The identity of one piece of a product, for ever: it is never given twice, whatever becomes of its order.</summary>
public sealed class SerialNumber
{
    /// <summary>The product.</summary>
    public required string Product { get; init; }

    /// <summary>The number, unique among those of the product.</summary>
    public required string Serial { get; init; }

    /// <summary>The order that it was allotted to.</summary>
    public Guid OrderId { get; init; }

    /// <summary>Its place among those of its order, from 1.</summary>
    public int Sequence { get; init; }

    /// <summary>When it was allotted, UTC.</summary>
    public DateTimeOffset AllottedAt { get; init; }
}
