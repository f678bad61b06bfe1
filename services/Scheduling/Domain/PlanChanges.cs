namespace Mes.Scheduling.Domain;

/// <summary>An operation that one plan has elsewhere than another.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="FromEquipment">Where it was.</param>
/// <param name="ToEquipment">Where it is.</param>
/// <param name="FromStart">When it started, UTC.</param>
/// <param name="ToStart">When it starts, UTC.</param>
public sealed record MovedOperation(
    Guid OperationId, Guid OrderId, string FromEquipment, string ToEquipment, DateTimeOffset FromStart, DateTimeOffset ToStart);

/// <summary>What one plan has otherwise than another.</summary>
/// <param name="Moved">Operations elsewhere, in the order of their new starts.</param>
/// <param name="BecameLate">Orders that are late now and were not.</param>
/// <param name="NoLongerLate">Orders that were late and are not any more.</param>
public sealed record PlanChanges(
    IReadOnlyList<MovedOperation> Moved, IReadOnlyList<Guid> BecameLate, IReadOnlyList<Guid> NoLongerLate)
{
    /// <summary>What a plan has otherwise than the one before it.</summary>
    public static PlanChanges Between(PlanningFacts facts, IReadOnlyList<PlanRow> before, IReadOnlyList<PlanRow> after)
    {
        var old = before.ToDictionary(row => row.OperationId);
        var moved = after.Where(row => old.TryGetValue(row.OperationId, out var was)
                && (was.Equipment != row.Equipment || was.StartsAt != row.StartsAt))
            .OrderBy(row => row.StartsAt).Select(row => new MovedOperation(row.OperationId, row.OrderId,
                old[row.OperationId].Equipment, row.Equipment, old[row.OperationId].StartsAt, row.StartsAt));
        var (wasLate, isLate) = (LateOrders.Ids(facts, before), LateOrders.Ids(facts, after));
        return new PlanChanges([.. moved], [.. isLate.Except(wasLate)], [.. wasLate.Except(isLate)]);
    }
}
