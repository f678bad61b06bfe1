using Mes.Inventory.Domain;

namespace Mes.Inventory.Data;

/// <summary>How an order's demand for a material changes.</summary>
public readonly record struct DemandChange(string OrderNumber, string Material, decimal Issued, decimal Reserved)
{
    /// <summary>The part of what was issued that was taken by itself.</summary>
    public decimal Flushed { get; init; }

    /// <summary>What was used in its place, as so much of it.</summary>
    public decimal Substituted { get; init; }
}

/// <summary>Adds changes to the balances, under the locks of <see cref="InventoryLocks"/>.</summary>
sealed class StockWriter(InventoryDb db, TimeProvider clock)
{
    /// <summary>
    /// Adds to stock. The database refuses what would make a real location's stock negative or less than reserved.
    /// </summary>
    public async Task Write(IReadOnlyCollection<(LotKey Lot, StockChange Change, bool IsVirtual)> changes, CancellationToken ct)
    {
        if (changes.Count > 0)
        {
            // SQL: balances are added to as a set, under the locks of their lots, and never read to be changed
            await db.Execute(WriteStock, new
            {
                materials = changes.Select(c => c.Lot.Material).ToArray(), lots = changes.Select(c => c.Lot.Number).ToArray(),
                locations = changes.Select(c => c.Change.Location).ToArray(),
                virtuals = changes.Select(c => c.IsVirtual).ToArray(),
                onHand = changes.Select(c => c.Change.OnHand).ToArray(),
                reserved = changes.Select(c => c.Change.Reserved).ToArray()
            }, ct);
        }
    }

    /// <summary>Adds to reservations; those that are used up are gone.</summary>
    public async Task Write(IReadOnlyCollection<(LotKey Lot, ReservationChange Change)> changes, CancellationToken ct)
    {
        if (changes.Count > 0)
        {
            await db.Execute(WriteReservations, new
            {
                orders = changes.Select(c => c.Change.OrderNumber).ToArray(),
                materials = changes.Select(c => c.Lot.Material).ToArray(), lots = changes.Select(c => c.Lot.Number).ToArray(),
                locations = changes.Select(c => c.Change.Location).ToArray(),
                quantities = changes.Select(c => c.Change.Quantity).ToArray(), now = clock.GetUtcNow()
            }, ct);
            foreach (var (lot, change) in changes)
            {
                db.Audit("reservation", new { change.OrderNumber, lot.Material, Lot = lot.Number, change.Location },
                    null, new { Added = change.Quantity });
            }
        }
    }

    /// <summary>Adds to what orders have been issued and have reserved.</summary>
    public async Task WriteDemands(IEnumerable<DemandChange> changes, CancellationToken ct)
    {
        var sums = changes.GroupBy(c => (c.OrderNumber, c.Material)).Select(g => new DemandChange(
            g.Key.OrderNumber, g.Key.Material, g.Sum(c => c.Issued), g.Sum(c => c.Reserved))
        {
            Flushed = g.Sum(c => c.Flushed), Substituted = g.Sum(c => c.Substituted)
        }).ToList();
        if (sums.Count > 0)
        {
            await db.Execute(WriteDemand, new
            {
                orders = sums.Select(c => c.OrderNumber).ToArray(), materials = sums.Select(c => c.Material).ToArray(),
                issued = sums.Select(c => c.Issued).ToArray(), reserved = sums.Select(c => c.Reserved).ToArray(),
                flushed = sums.Select(c => c.Flushed).ToArray(), substituted = sums.Select(c => c.Substituted).ToArray()
            }, ct);
        }
    }

    /// <summary>
    /// What was given back of components that are used up by themselves was spared; what a person hands out again was not.
    /// </summary>
    /// <returns>The orders of which components are used up by themselves.</returns>
    public async Task<IReadOnlyList<string>> WriteSpared(
        IEnumerable<(DemandChange Change, string Kind)> changes, CancellationToken ct)
    {
        var rows = changes.GroupBy(c => (c.Change.OrderNumber, c.Change.Material)).ToList();
        return rows.Count == 0 ? [] : await db.Read<string>(
            """
            UPDATE component_demand d SET spared = CASE
                WHEN change.is_return THEN greatest(0, d.due - d.issued - d.substituted)
                WHEN change.is_issue THEN least(d.spared, greatest(0, d.due - d.issued - d.substituted)) ELSE d.spared END
            FROM unnest(@orders, @materials, @returns, @issues) AS change (order_number, material, is_return, is_issue)
            WHERE (d.order_number, d.material) = (change.order_number, change.material) AND d.due > 0
            RETURNING d.order_number
            """,
            new
            {
                orders = rows.ConvertAll(row => row.Key.OrderNumber), materials = rows.ConvertAll(row => row.Key.Material),
                returns = rows.ConvertAll(row => row.Any(c => c.Kind == MovementKinds.Return)),
                issues = rows.ConvertAll(row => row.Any(c => c.Kind is MovementKinds.Issue or MovementKinds.Reversal))
            }, ct);
    }

    // A row is made empty first: an INSERT of a negative change would fail its checks before it found the row that is
    // there.
    const string WriteStock = """
        INSERT INTO stock (material, lot, location, is_virtual)
        SELECT * FROM unnest(@materials, @lots, @locations, @virtuals) AS change ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
        UPDATE stock s SET on_hand = s.on_hand + change.on_hand, reserved = s.reserved + change.reserved
        FROM unnest(@materials, @lots, @locations, @onHand, @reserved) AS change (material, lot, location, on_hand, reserved)
        WHERE (s.material, s.lot, s.location) = (change.material, change.lot, change.location);
        """;

    const string Change = """
        unnest(@orders, @materials, @lots, @locations, @quantities)
            AS change (order_number, material, lot, location, quantity)
        """;

    const string SameReservation = """
        (r.order_number, r.material, r.lot, r.location)
            = (change.order_number, change.material, change.lot, change.location)
        """;

    const string WriteReservations = $"""
        INSERT INTO reservation AS r (id, order_number, material, lot, location, quantity, created_at)
        SELECT gen_random_uuid(), change.*, @now FROM {Change} WHERE quantity > 0
        ON CONFLICT (order_number, material, lot, location) DO UPDATE SET quantity = r.quantity + excluded.quantity;
        UPDATE reservation r SET quantity = r.quantity + change.quantity FROM {Change}
        WHERE {SameReservation} AND change.quantity < 0;
        DELETE FROM reservation r USING {Change} WHERE {SameReservation} AND r.quantity = 0;
        """;

    // Several lots' movements may change one order's demand at the same time: its rows are locked in order.
    const string WriteDemand = """
        INSERT INTO component_demand (order_number, material)
        SELECT * FROM unnest(@orders, @materials) AS change ORDER BY 1, 2 ON CONFLICT DO NOTHING;
        SELECT FROM component_demand WHERE (order_number, material) IN (SELECT * FROM unnest(@orders, @materials))
        ORDER BY order_number, material FOR NO KEY UPDATE;
        UPDATE component_demand d SET issued = d.issued + change.issued, reserved = d.reserved + change.reserved,
            flushed = d.flushed + change.flushed, substituted = d.substituted + change.substituted
        FROM unnest(@orders, @materials, @issued, @reserved, @flushed, @substituted)
            AS change (order_number, material, issued, reserved, flushed, substituted)
        WHERE (d.order_number, d.material) = (change.order_number, change.material);
        """;
}
