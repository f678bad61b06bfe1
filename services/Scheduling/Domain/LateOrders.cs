namespace Mes.Scheduling.Domain;

/// <summary>An order that ends after its due date.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">The ERP's number.</param>
/// <param name="DueAt">When it should have ended, UTC.</param>
/// <param name="EndsAt">When it ends, UTC.</param>
/// <param name="Chain">From its last operation back: what each one waits for, until something that is no operation.</param>
public sealed record LateOrder(
    Guid OrderId, string Number, DateTimeOffset DueAt, DateTimeOffset EndsAt, IReadOnlyList<ChainLink> Chain);

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

/// <summary>Finds late orders and tells why they are late.</summary>
public static class LateOrders
{
    const int LinksMax = 200;

    /// <summary>How many orders are late.</summary>
    public static int Count(PlanningFacts facts, IReadOnlyList<PlanRow> rows) => Late(facts, rows).Count();

    /// <summary>Which orders are late.</summary>
    public static IReadOnlyList<Guid> Ids(PlanningFacts facts, IReadOnlyList<PlanRow> rows) =>
        [.. Late(facts, rows).Select(late => late.Order.OrderId)];

    /// <summary>The late orders, the latest first, with their chains.</summary>
    public static IEnumerable<LateOrder> Of(PlanningFacts facts, IReadOnlyList<PlanRow> rows)
    {
        var byId = rows.ToDictionary(row => PlanningModel.IdOf(row.OperationId));
        var names = facts.Demand.SelectMany(order =>
            order.Operations.Select(operation => (operation.OperationId, order.Number, operation.Code)))
            .ToDictionary(item => item.OperationId);
        return Late(facts, rows).OrderByDescending(late => late.Last.EndsAt - late.Order.DueAt).Select(late => new LateOrder(
            late.Order.OrderId, late.Order.Number, late.Order.DueAt!.Value, late.Last.EndsAt, [.. Chain(late.Last)]));

        IEnumerable<ChainLink> Chain(PlanRow last)
        {
            var seen = new HashSet<Guid>();
            for (var row = last; row is not null && seen.Add(row.OperationId) && seen.Count <= LinksMax;
                row = row.WaitsOn is { } on ? byId.GetValueOrDefault(on) : null)
            {
                var name = names.GetValueOrDefault(row.OperationId);
                yield return new ChainLink(row.OperationId, name.Number, name.Code, row.Equipment, row.StartsAt,
                    row.EndsAt, row.WaitsFor,
                    row.WaitsOn);
            }
        }
    }

    static IEnumerable<(DemandOrder Order, PlanRow Last)> Late(PlanningFacts facts, IReadOnlyList<PlanRow> rows)
    {
        var last = rows.GroupBy(row => row.OrderId).ToDictionary(group => group.Key, group => group.MaxBy(row => row.EndsAt)!);
        return facts.Demand.Where(order =>
            order.DueAt is { } due && last.TryGetValue(order.OrderId, out var row) && row.EndsAt > due)
            .Select(order => (order, last[order.OrderId]));
    }
}
