using Mes.Contracts;

namespace Mes.Inventory.Data;

/// <summary>
/// Publishes what orders lack, where that has changed since they were told last. Called last in a transaction: it locks
/// the orders' version rows, in order.
/// </summary>
sealed class ShortageNotices(InventoryDb db)
{
    /// <summary>Tells the orders that lack more or less of the materials than they know of.</summary>
    /// <param name="materials">Materials whose locks the caller has alone.</param>
    /// <param name="newOrder">An order that is told in any case if it never was.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Publish(IReadOnlyCollection<string> materials, string? newOrder, CancellationToken ct)
    {
        var orders = await db.Read<string>(
            """
            SELECT order_number FROM component_demand WHERE material = ANY (@materials) AND missing <> told_missing
            UNION SELECT @newOrder::text WHERE @newOrder::text IS NOT NULL
                AND NOT EXISTS (SELECT FROM availability WHERE order_number = @newOrder)
            """, new { materials = materials.ToArray(), newOrder }, ct);
        if (orders.Count == 0)
        {
            return;
        }
        // SQL: versions raised under row locks, and what is told, in one round trip
        // Not audited: how far others have been told
        using var results = await db.ReadSeveral(
            """
            INSERT INTO availability (order_number) SELECT * FROM unnest(@orders) AS o ORDER BY 1 ON CONFLICT DO NOTHING;
            SELECT order_number FROM availability WHERE order_number = ANY (@orders) ORDER BY order_number FOR NO KEY UPDATE;
            UPDATE availability SET version = version + 1 WHERE order_number = ANY (@orders);
            UPDATE component_demand SET told_missing = missing, has_expired = has_expired AND missing > 0
            WHERE order_number = ANY (@orders) AND material = ANY (@materials) AND told_missing <> missing;
            SELECT w.order_id, a.order_number, a.version FROM availability a JOIN work_order w ON w.number = a.order_number
            WHERE a.order_number = ANY (@orders) ORDER BY a.order_number;
            SELECT d.order_number, d.material, d.missing, coalesce(d.other_unit, m.unit) AS unit, d.has_expired
            FROM component_demand d JOIN material m ON m.code = d.material
            WHERE d.order_number = ANY (@orders) AND d.missing > 0 ORDER BY d.material;
            """, new { orders = orders.ToArray(), materials = materials.ToArray() }, ct);
        await results.ReadAsync();
        var told = (await results.ReadAsync<OrderRow>()).ToList();
        var missing = (await results.ReadAsync<MissingRow>()).ToLookup(row => row.OrderNumber);
        foreach (var order in told)
        {
            db.Outbox.Add(new MaterialAvailabilityChanged(order.OrderId, order.Version,
                [.. missing[order.OrderNumber].Select(row => row.ToShortage())]));
        }
    }

    sealed record OrderRow
    {
        public Guid OrderId { get; init; }
        public string OrderNumber { get; init; } = "";
        public long Version { get; init; }
    }

    sealed record MissingRow
    {
        public string OrderNumber { get; init; } = "";
        public string Material { get; init; } = "";
        public decimal Missing { get; init; }
        public string Unit { get; init; } = "";
        public bool HasExpired { get; init; }
        public Shortage ToShortage() => new(Material, Missing, Unit, Reason: HasExpired ? "expired" : null);
    }
}
