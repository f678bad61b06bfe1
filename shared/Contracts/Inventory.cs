namespace Mes.Contracts;

/// <summary>A component that stock cannot cover.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Missing">Quantity that could not be reserved, &gt; 0, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="ExpectedAt">When the missing quantity is expected to be there, UTC; null or absent where nobody knows.</param>
/// <param name="Reason">Why, where it is not simply absent: <c>expired</c> for what was reserved and has expired since.</param>
public sealed record Shortage(
    string Material, decimal Missing, string Unit, DateTimeOffset? ExpectedAt = null, string? Reason = null);

/// <summary>What of an order's components is reserved; an empty list of shortages means all.</summary>
[State("workorders-heed-shortages", "scheduling-heed-shortages")]
public sealed record MaterialAvailabilityChanged(Guid OrderId, long Version, IReadOnlyList<Shortage> Shortages);

/// <summary>
/// A lot, or a part of it, was handed out to a work order or used up by a report on it: an edge of the genealogy.
/// </summary>
/// <param name="IssueId">Identity of the movement.</param>
/// <param name="OrderNumber">The order that received it.</param>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Quantity">Quantity issued; negative where that was returned or undone.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="IssuedAt">When, UTC.</param>
[Fact("workorders-trace-issue")]
public sealed record MaterialIssued(
    Guid IssueId, string OrderNumber, string Material, string Lot, decimal Quantity, string Unit, DateTimeOffset IssuedAt);

/// <summary>
/// Stock of a material came in, or became free, while orders lack it: Inventory itself sees, apart from the movement, whom
/// it serves.
/// </summary>
/// <param name="Material">Material code.</param>
[Fact("inventory-serve-shortages")]
public sealed record StockBecameAvailable(string Material);

/// <summary>
/// What an order ought to have used up by itself may have changed: Inventory itself takes the difference from stock, or puts it
/// back, apart from what changed it.
/// </summary>
/// <param name="OrderNumber">The order.</param>
[Fact("inventory-backflush")]
public sealed record ConsumptionDue(string OrderNumber);
