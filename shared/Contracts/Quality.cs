namespace Mes.Contracts;

/// <summary>A hold on a lot and, where it names one, on an operation of its order, placed or released.</summary>
/// <param name="HoldId">Identity of the hold.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="IsActive">False once released.</param>
/// <param name="OrderId">The order it concerns, or null.</param>
/// <param name="BlockedOperationId">The operation that must not start while it is active, or null.</param>
/// <param name="Material">Material code of the lot, or null.</param>
/// <param name="Lot">Lot number, or null.</param>
/// <param name="Reason">Why, in the words of the one who placed it.</param>
[State("workorders-heed-hold", "inventory-heed-hold", "scheduling-heed-hold")]
public sealed record QualityHoldChanged(
    Guid HoldId, long Version, bool IsActive, Guid? OrderId, Guid? BlockedOperationId, string? Material, string? Lot,
    string Reason);

/// <summary>
/// What Quality's decisions on a nonconformance change in what a report said of its pieces: rejected ones are no longer good,
/// scrapped ones are scrap, those used as they are are good. To be added to the report's quantities; all 0 once the report was
/// undone.
/// </summary>
/// <param name="NonconformanceId">Identity of the nonconformance.</param>
/// <param name="Version">Rises with each decision.</param>
/// <param name="ReportId">The report whose pieces they are.</param>
/// <param name="Good">To add to its good quantity.</param>
/// <param name="Scrap">To add to its rejected quantity.</param>
/// <param name="Nonconforming">To add to what waits for a decision.</param>
/// <param name="Reason">The newest decision, for people to read.</param>
[State("workorders-heed-judgement")]
public sealed record PiecesJudged(
    Guid NonconformanceId, long Version, Guid ReportId, decimal Good, decimal Scrap, decimal Nonconforming, string Reason);
