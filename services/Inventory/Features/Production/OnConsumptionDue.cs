using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Messaging;

namespace Mes.Inventory.Features.Production;

/// <summary>
/// Brings what orders have used up by themselves to what <see cref="Backflush"/> says. What stock cannot give becomes a
/// discrepancy, and is taken when it comes.
/// </summary>
sealed class OnConsumptionDue(InventoryDb db, StockStore store, DiscrepancyStore discrepancies, TimeProvider clock)
    : IConsumeBatch<ConsumptionDue>
{
    public async Task Consume(IReadOnlyList<ConsumptionDue> messages, CancellationToken ct)
    {
        var orders = new List<(string Number, OrderNeeds Needs)>();
        foreach (var number in messages.Select(message => message.OrderNumber).Distinct().Order(StringComparer.Ordinal))
        {
            if (await db.NeedsOf(number, ct) is { } needs && needs.Materials.Any(need => need.IsBackflushed))
            {
                orders.Add((number, needs));
            }
        }
        var materials = orders.SelectMany(order => order.Needs.Materials).Where(need => need.IsBackflushed)
            .Select(need => need.Material).Distinct().ToList();
        if (materials.Count == 0)
        {
            return;
        }
        await db.OwnMaterials(materials, ct);
        var units = (await db.Read<(string Code, string Unit)>(
            "SELECT code, unit FROM material WHERE code = ANY (@materials)", new { materials }, ct))
            .ToDictionary(row => row.Code, row => row.Unit);
        foreach (var (number, _) in orders)
        {
            // Read again: it may have changed before its materials were owned
            await Settle(number, (await db.NeedsOf(number, ct))!, units, ct);
        }
    }

    async Task Settle(string order, OrderNeeds needs, Dictionary<string, string> units, CancellationToken ct)
    {
        var pieces = await db.Read<OperationPieces>(
            "SELECT operation, good, scrap, nonconforming, reworked FROM operation_pieces WHERE order_number = @order",
            new { order }, ct);
        // a need in another unit than the material's is not served
        var due = Backflush.Due(needs.Materials.Where(need => units.GetValueOrDefault(need.Material) == need.Unit),
            needs.Quantity, pieces);
        foreach (var (material, quantity) in due.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var difference = Backflush.Difference(await WriteDue(order, material, quantity, ct));
            if (difference < 0)
            {
                await PutBack(order, material, -difference, ct);
            }
            var missing = difference > 0 ? await Take(order, material, difference, ct) : 0;
            var about = new LotKey(material, "");
            await (missing > 0
                ? discrepancies.Open(DiscrepancyKinds.BackflushShort, needs.OrderId, order, about, (missing, units[material]), ct)
                : discrepancies.Cover(DiscrepancyKinds.BackflushShort, needs.OrderId, about, ct));
        }
    }

    // SQL: demands are rows of sums that only statements change; see StockWriter
    // Not audited: what follows from the reports of WorkOrders
    async Task<ComponentAccount> WriteDue(string order, string material, decimal due, CancellationToken ct) =>
        (await db.Read<ComponentAccount>(
            """
            INSERT INTO component_demand AS d (order_number, material, due) VALUES (@order, @material, @due)
            ON CONFLICT (order_number, material) DO UPDATE SET due = excluded.due
            RETURNING due, issued, flushed, substituted, spared
            """, new { order, material, due }, ct))[0];

    /// <summary>Takes what is free, then what is reserved for others: it is used up already.</summary>
    /// <returns>What stock could not give.</returns>
    async Task<decimal> Take(string order, string material, decimal wanted, CancellationToken ct)
    {
        var part = await LastPart(order, material, ct);
        foreach (var mayDisplace in (bool[])[false, true])
        {
            var lots = wanted > 0
                ? await db.LockLotsInOrderOfUse(order, material, null, wanted, mayDisplace, clock.GetUtcNow(), ct) : [];
            foreach (var lot in lots)
            {
                var taken = lot.Take(wanted, order, mayDisplace, Preference);
                if (taken.Sum(t => t.Quantity) is > 0 and var quantity)
                {
                    store.TakeOut(Header(MovementKinds.Backflush, order, material, ++part), lot, taken, Location.Consumption);
                    wanted -= quantity;
                }
            }
            await store.Write(ct);
        }
        return wanted;
    }

    static int? Preference(StockAt at) => at.Kind == LocationKind.LineSide ? 0 : at.Kind == LocationKind.Storage ? 1 : null;

    /// <summary>Puts back what was taken, the last first, where it was taken; not what was given back before.</summary>
    async Task PutBack(string order, string material, decimal quantity, CancellationToken ct)
    {
        var part = await LastPart(order, material, ct);
        var taken = await db.Read<TakenLot>(
            """
            SELECT e.lot, e.location, c.kind, -sum(e.quantity) AS quantity, (
                SELECT sum(x.quantity) FROM movement y JOIN ledger_entry x ON x.movement_id = y.id
                WHERE y.order_number = @order AND x.material = @material AND x.lot = e.lot AND x.location = @account) AS held
            FROM movement m JOIN ledger_entry e ON e.movement_id = m.id JOIN location c ON c.code = e.location
            WHERE m.source_kind = @source AND m.source_id = @order AND e.material = @material
              AND c.kind IN ('Storage', 'LineSide')
            GROUP BY e.lot, e.location, c.kind HAVING sum(e.quantity) < 0 ORDER BY max(m.posted_at) DESC, e.lot, e.location
            """, new { order, material, source = MovementSource.WorkOrder, account = Location.Consumption }, ct);
        var lots = await db.LockLots(taken.Select(row => new LotKey(material, row.Lot)), null, ct);
        var held = taken.DistinctBy(row => row.Lot).ToDictionary(row => row.Lot, row => row.Held);
        foreach (var row in taken)
        {
            var back = Math.Min(quantity, Math.Min(row.Quantity, held[row.Lot]));
            if (back > 0)
            {
                store.PutIn(Header(MovementKinds.BackflushReversal, order, material, ++part), lots[new LotKey(material, row.Lot)],
                    new StockAt(row.Location, row.Kind, 0, 0), back, Location.Consumption);
                held[row.Lot] -= back;
                quantity -= back;
            }
        }
        await store.Write(ct);
    }

    async Task<int> LastPart(string order, string material, CancellationToken ct) => (await db.Read<int>(
        """
        SELECT coalesce(max(part), 0) FROM movement
        WHERE source_kind = @source AND source_id = @order AND leg_kind = @leg
        """, new { order, source = MovementSource.WorkOrder, leg = Leg(material) }, ct))[0];

    MovementHeader Header(string kind, string order, string material, int part) => new(
        kind, new MovementSource(MovementSource.WorkOrder, order, Leg(material), part), clock.GetUtcNow(), order);

    static string Leg(string material) => $"backflush {material}";

    sealed record TakenLot
    {
        public string Lot { get; init; } = "";
        public string Location { get; init; } = "";
        public LocationKind Kind { get; init; }
        public decimal Quantity { get; init; }
        public decimal Held { get; init; }
    }
}
