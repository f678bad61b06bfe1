namespace Mes.WorkOrders.Domain;

/// <summary>What somebody has written to an order; never changed.</summary>
public sealed class OrderNote
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Name of who wrote it.</summary>
    public required string WrittenBy { get; init; }
}
