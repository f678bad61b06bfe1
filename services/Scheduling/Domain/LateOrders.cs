namespace Mes.Scheduling.Domain;

/// <summary>An order that ends after its due date.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Order">The order's number.</param>
/// <param name="DueAt">When it should have ended, UTC.</param>
/// <param name="EndsAt">When it ends, UTC.</param>
/// <param name="Chain">From its last operation back: what each one waits for, until something that is no operation.</param>
public sealed record LateOrder(
    Guid OrderId, string Order, DateTimeOffset DueAt, DateTimeOffset EndsAt, IReadOnlyList<ChainLink> Chain);

/// <summary>One link of the chain that makes an order late.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Order">Number of its order, which may be another one.</param>
/// <param name="Operation">Its short name.</param>
/// <param name="Equipment">Where it is done.</param>
/// <param name="StartsAt">Start, UTC.</param>
/// <param name="EndsAt">End, UTC.</param>
/// <param name="WaitsFor">Why it does not start earlier.</param>
/// <param name="WaitsOn">The operation, resource or equipment it waits for, or null.</param>
public sealed record ChainLink(
    Guid OperationId, string? Order, string? Operation, string Equipment, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    string WaitsFor, string? WaitsOn);

/// <summary>An order that a plan ends late.</summary>
/// <param name="Order">The order.</param>
/// <param name="Last">Its last operation.</param>
public sealed record LateEnd(DemandOrder Order, PlanRow Last);

/// <summary>Finds late orders.</summary>
public static class LateOrders
{
    /// <summary>Which orders are late.</summary>
    public static IReadOnlyList<Guid> Ids(PlanningFacts facts, IReadOnlyList<PlanRow> rows) =>
        [.. Late(facts, rows).Select(late => late.Order.OrderId)];

    /// <summary>The late orders, the latest first.</summary>
    public static IReadOnlyList<LateEnd> Of(PlanningFacts facts, IReadOnlyList<PlanRow> rows) =>
        [.. Late(facts, rows).OrderByDescending(late => late.Last.EndsAt - late.Order.DueAt)];

    static IEnumerable<LateEnd> Late(PlanningFacts facts, IReadOnlyList<PlanRow> rows)
    {
        var last = rows.GroupBy(row => row.OrderId).ToDictionary(group => group.Key, group => group.MaxBy(row => row.EndsAt)!);
        return facts.Demand.Where(order =>
            order.DueAt is { } due && last.TryGetValue(order.OrderId, out var row) && row.EndsAt > due)
            .Select(order => new LateEnd(order, last[order.OrderId]));
    }
}
