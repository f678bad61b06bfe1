using Mes.Inventory.Domain;

namespace Mes.Inventory.Data;

/// <summary>
/// Gives free stock to the orders that lack it and tells them what they still lack. Who calls it has the materials'
/// locks alone, so that nothing of them moves meanwhile.
/// </summary>
sealed class ReservationStore(InventoryDb db, StockWriter writer, TimeProvider clock)
{
    /// <summary>Whether an order gets a material by itself, or by hand only.</summary>
    public async Task SetAutomatic(string order, string material, bool isAutomatic, CancellationToken ct)
    {
        // SQL: demands are rows of sums that only statements change; see StockWriter
        var was = await db.Read<bool>(
            """
            UPDATE component_demand SET is_automatic = @isAutomatic
            WHERE order_number = @order AND material = @material AND is_automatic <> @isAutomatic RETURNING old.is_automatic
            """, new { order, material, isAutomatic }, ct);
        was.ForEach(old => db.Audit("component_demand", new { OrderNumber = order, Material = material },
            new { IsAutomatic = old }, new { IsAutomatic = isAutomatic }));
    }

    /// <summary>
    /// Takes back what orders have reserved beyond their need, then serves open demand: oldest due first.
    /// </summary>
    public async Task Serve(string material, CancellationToken ct)
    {
        await TakeBackSurplus(material, ct);
        var demands = await db.Read<DemandRow>(
            """
            SELECT d.order_number, d.missing, w.due_at, w.priority
            FROM component_demand d JOIN work_order w ON w.number = d.order_number JOIN material m ON m.code = d.material
            WHERE d.material = @material AND d.missing > 0 AND d.is_automatic AND w.status = 'Released'
              AND coalesce(d.other_unit, m.unit) = m.unit
            """, new { material }, ct);
        if (demands.Count == 0)
        {
            return;
        }
        var planned = ReservationPlan.Of(demands.Select(row => row.ToDemand()), await FreeStock(material, null, null, ct));
        await Write([.. planned.Select(p => (new LotKey(material, p.Lot),
            new ReservationChange(p.OrderNumber, p.Location, p.Quantity)))], ct);
    }

    /// <summary>Releases what a closed order has reserved of the materials.</summary>
    public async Task ReleaseOrder(string orderNumber, IReadOnlyCollection<string> materials, CancellationToken ct) =>
        await Release("order_number = @orderNumber AND material = ANY (@materials)",
            new { orderNumber, materials = materials.ToArray() }, ct);

    /// <summary>Releases all reservations of a lot.</summary>
    public async Task ReleaseLot(LotKey lot, CancellationToken ct) =>
        await Release("material = @Material AND lot = @Number", new { lot.Material, lot.Number }, ct);

    /// <summary>What is free of a material in stores and at line sides, in lots that may be used.</summary>
    public async Task<List<FreeStock>> FreeStock(string material, string? lot, string? location, CancellationToken ct) =>
        (await db.Read<FreeRow>(
            """
            SELECT s.lot, s.location, s.on_hand - s.reserved AS free, l.expires_at, l.received_at
            FROM stock s JOIN lot l ON (l.material, l.number) = (s.material, s.lot) JOIN location c ON c.code = s.location
            WHERE s.material = @material AND s.on_hand > s.reserved AND c.kind IN ('Storage', 'LineSide')
              AND l.status = 'Available' AND (l.expires_at IS NULL OR l.expires_at > @now)
              AND (@lot::text IS NULL OR s.lot = @lot) AND (@location::text IS NULL OR s.location = @location)
            """, new { material, lot, location, now = clock.GetUtcNow() }, ct)).ConvertAll(row => row.ToFreeStock());

    /// <summary>Adds to reservations, with stock and demand.</summary>
    public async Task Write(IReadOnlyCollection<(LotKey Lot, ReservationChange Change)> changes, CancellationToken ct)
    {
        await WriteBalances(changes, ct);
        await writer.Write(changes, ct);
    }

    /// <summary>Adds to what stock and demand say is reserved; the caller writes the reservations themselves.</summary>
    public async Task WriteBalances(IReadOnlyCollection<(LotKey Lot, ReservationChange Change)> changes, CancellationToken ct)
    {
        var stock = changes.GroupBy(c => (c.Lot, c.Change.Location)).Select(group => (
            group.Key.Lot, new StockChange(group.Key.Location, 0, group.Sum(c => c.Change.Quantity)), IsVirtual: false));
        await writer.Write([.. stock], ct);
        await writer.WriteDemands(changes.Select(c => new DemandChange(
            c.Change.OrderNumber, c.Lot.Material, 0, c.Change.Quantity)), ct);
    }

    async Task TakeBackSurplus(string material, CancellationToken ct)
    {
        var rows = await db.Read<SurplusRow>(
            """
            SELECT r.order_number, r.lot, r.location, r.quantity, d.surplus
            FROM component_demand d JOIN reservation r USING (order_number, material)
            JOIN lot l ON (l.material, l.number) = (r.material, r.lot)
            WHERE d.material = @material AND d.surplus > 0
            ORDER BY r.order_number, l.expires_at DESC NULLS FIRST, l.received_at DESC, r.lot DESC, r.location DESC
            """, new { material }, ct);
        var changes = new List<(LotKey, ReservationChange)>();
        foreach (var ofOrder in rows.GroupBy(row => row.OrderNumber))
        {
            var surplus = ofOrder.First().Surplus;
            foreach (var row in ofOrder)
            {
                var back = Math.Min(surplus, row.Quantity);
                changes.Add((new LotKey(material, row.Lot), new ReservationChange(row.OrderNumber, row.Location, -back)));
                surplus -= back;
            }
        }
        await Write([.. changes.Where(change => change.Item2.Quantity != 0)], ct);
    }

    async Task Release(string which, object parameters, CancellationToken ct)
    {
        var rows = await db.Read<ReservationRow>(
            $"SELECT order_number, material, lot, location, quantity FROM reservation WHERE {which}", parameters, ct);
        await Write(rows.ConvertAll(row => (new LotKey(row.Material, row.Lot),
            new ReservationChange(row.OrderNumber, row.Location, -row.Quantity))), ct);
    }

    sealed record DemandRow
    {
        public string OrderNumber { get; init; } = "";
        public decimal Missing { get; init; }
        public DateTimeOffset? DueAt { get; init; }
        public int Priority { get; init; }
        public OpenDemand ToDemand() => new(OrderNumber, Missing, DueAt, Priority);
    }

    sealed record FreeRow
    {
        public string Lot { get; init; } = "";
        public string Location { get; init; } = "";
        public decimal Free { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? ReceivedAt { get; init; }
        public FreeStock ToFreeStock() => new(Lot, Location, Free, ExpiresAt, ReceivedAt);
    }

    sealed record SurplusRow
    {
        public string OrderNumber { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Location { get; init; } = "";
        public decimal Quantity { get; init; }
        public decimal Surplus { get; init; }
    }

    sealed record ReservationRow
    {
        public string OrderNumber { get; init; } = "";
        public string Material { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Location { get; init; } = "";
        public decimal Quantity { get; init; }
    }
}
