using Mes.Inventory.Domain;

namespace Mes.Inventory.Data;

/// <summary>
/// Who waits for whom. A movement shares its materials' locks with other movements, then locks its lots, in order:
/// movements of different lots run side by side, those of one lot queue up. Whoever decides over a whole material
/// (reservations, holds, issue without a lot) has its lock alone. All materials are locked before the first lot, each
/// kind in its sort order, so that no two transactions wait for each other. What a lot's lock guards: its stock, its
/// reservations, its production lines.
/// </summary>
static class InventoryLocks
{
    /// <summary>
    /// Locks the materials until the transaction ends, against those who decide over a whole material.
    /// </summary>
    public static Task ShareMaterials(this InventoryDb db, IEnumerable<string> codes, CancellationToken ct) =>
        db.LockMaterials("pg_advisory_xact_lock_shared", codes, ct);

    /// <summary>Locks the materials until the transaction ends, against every movement of them.</summary>
    public static Task OwnMaterials(this InventoryDb db, IEnumerable<string> codes, CancellationToken ct) =>
        db.LockMaterials("pg_advisory_xact_lock", codes, ct);

    /// <summary>
    /// Locks lots until the transaction ends and reads their stock; to be called once, after the materials' locks. Lots that
    /// do not exist are made where <paramref name="origin"/> is given, and left out otherwise.
    /// </summary>
    public static async Task<Dictionary<LotKey, LotStock>> LockLots(
        this InventoryDb db, IEnumerable<LotKey> keys, string? origin, CancellationToken ct)
    {
        var sorted = keys.Distinct().Order(LotKey.LockOrder).ToList();
        using var results = await db.ReadSeveral(
            (origin is null ? "" : MakeLots) + ReadLots,
            new
            {
                materials = sorted.ConvertAll(key => key.Material), lots = sorted.ConvertAll(key => key.Number), origin
            }, ct);
        var lots = (await results.ReadAsync<Lot>()).ToList();
        var stock = (await results.ReadAsync<StockRow>()).ToLookup(row => row.Key);
        var reservations = (await results.ReadAsync<ReservationRow>()).ToLookup(row => row.Key);
        return lots.ToDictionary(lot => lot.Key, lot => new LotStock(
            lot, stock[lot.Key].Select(row => row.ToStock()), reservations[lot.Key].Select(row => row.ToReserved())));
    }

    // SQL: advisory locks, all taken in one order by one statement
    static Task LockMaterials(this InventoryDb db, string function, IEnumerable<string> codes, CancellationToken ct) =>
        db.Execute(
            $"""
            SELECT {function}(key) FROM
                (SELECT DISTINCT hashtextextended(code, 0) AS key FROM unnest(@codes) AS code ORDER BY key) AS sorted
            """, new { codes = codes.ToArray() }, ct);

    const string Keys = "unnest(@materials, @lots) WITH ORDINALITY AS key (material, lot, place)";

    // Not audited: a lot begins with the movement that names it, held where a hold came first; both are told
    const string MakeLots = $"""
        INSERT INTO lot (material, number, status, origin)
        SELECT key.material, key.lot, CASE WHEN EXISTS (
            SELECT FROM quality_hold h WHERE h.material = key.material AND h.lot = key.lot AND h.is_active)
            THEN 'Held' ELSE 'Available' END, @origin
        FROM {Keys} ORDER BY key.place ON CONFLICT DO NOTHING;

        """;

    const string ReadLots = $"""
        SELECT l.* FROM {Keys} JOIN lot l ON (l.material, l.number) = (key.material, key.lot)
        ORDER BY key.place FOR NO KEY UPDATE OF l;
        SELECT s.material, s.lot, s.location, c.kind, s.on_hand, s.reserved
        FROM {Keys} JOIN stock s USING (material, lot) JOIN location c ON c.code = s.location WHERE NOT s.is_virtual;
        SELECT r.material, r.lot, r.location, r.order_number, r.quantity, w.due_at
        FROM {Keys} JOIN reservation r USING (material, lot) LEFT JOIN work_order w ON w.number = r.order_number;
        """;

    sealed record StockRow
    {
        public string Material { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Location { get; init; } = "";
        public LocationKind Kind { get; init; }
        public decimal OnHand { get; init; }
        public decimal Reserved { get; init; }
        public LotKey Key => new(Material, Lot);
        public StockAt ToStock() => new(Location, Kind, OnHand, Reserved);
    }

    sealed record ReservationRow
    {
        public string Material { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Location { get; init; } = "";
        public string OrderNumber { get; init; } = "";
        public decimal Quantity { get; init; }
        public DateTimeOffset? DueAt { get; init; }
        public LotKey Key => new(Material, Lot);
        public ReservedFor ToReserved() => new(OrderNumber, Location, Quantity, DueAt);
    }
}
