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
