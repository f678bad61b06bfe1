using Mes.Inventory.Domain;

namespace Mes.Inventory.Data;

/// <summary>Reads and writes the production lines of lots, under the lots' locks.</summary>
static class ProductionLines
{
    const string Columns = "report_id, kind, reported, reversed, accepted, posted, short, parts, order_number, reported_at";

    /// <summary>Adds what reports say to the lines of lots, which are locked.</summary>
    /// <returns>The lines as they are now, by lot.</returns>
    public static async Task<ILookup<LotKey, ProductionLine>> AddToLines(
        this InventoryDb db, IReadOnlyCollection<ProductionLineChange> changes, CancellationToken ct)
    {
        // SQL: what reports say adds up, whichever came first: a set of rows put in, or added to, and returned
        // Not audited: copies of the reports of WorkOrders
        var rows = await db.Read<Row>(
            $"""
            INSERT INTO production_line AS l (report_id, kind, material, lot, reported, reversed, order_number, reported_at)
            SELECT report_id, kind, material, lot, sum(reported), sum(reversed), min(order_number), min(reported_at)
            FROM unnest(@reports, @kinds, @materials, @lots, @reported, @reversed, @orders, @times)
                AS change (report_id, kind, material, lot, reported, reversed, order_number, reported_at)
            GROUP BY report_id, kind, material, lot
            ON CONFLICT (report_id, kind, material, lot) DO UPDATE SET
                reported = l.reported + excluded.reported, reversed = l.reversed + excluded.reversed,
                reported_at = least(l.reported_at, excluded.reported_at)
            RETURNING material, lot, {Columns}
            """,
            new
            {
                reports = changes.Select(c => c.ReportId).ToArray(), kinds = changes.Select(c => c.Kind.ToString()).ToArray(),
                materials = changes.Select(c => c.Lot.Material).ToArray(), lots = changes.Select(c => c.Lot.Number).ToArray(),
                reported = changes.Select(c => c.Reported).ToArray(), reversed = changes.Select(c => c.Reversed).ToArray(),
                orders = changes.Select(c => c.By.OrderNumber).ToArray(),
                times = changes.Select(c => c.By.ReportedAt.ToUniversalTime()).ToArray()
            }, ct);
        return rows.ToLookup(row => new LotKey(row.Material, row.Lot), row => row.ToLine());
    }

    /// <summary>The lines of a lot that may change: a receipt that nobody takes back is what it is.</summary>
    public static async Task<List<ProductionLine>> LinesToSettle(this InventoryDb db, LotKey lot, CancellationToken ct) =>
        (await db.Read<Row>(
            $"""
            SELECT {Columns} FROM production_line
            WHERE material = @material AND lot = @number AND (kind = 'Consumption' OR reversed > 0)
            """, new { material = lot.Material, number = lot.Number }, ct)).ConvertAll(row => row.ToLine());

    // Not audited: what follows from the movements, which are told
    /// <summary>Keeps what is posted now.</summary>
    public static Task SaveLines(
        this InventoryDb db, LotKey lot, IReadOnlyCollection<ProductionLine> lines, CancellationToken ct) => db.Execute(
        """
        UPDATE production_line l SET posted = now.posted, short = now.short, parts = now.parts
        FROM unnest(@reports, @kinds, @posted, @short, @parts) AS now (report_id, kind, posted, short, parts)
        WHERE (l.report_id, l.kind, l.material, l.lot) = (now.report_id, now.kind, @material, @number)
        """,
        new
        {
            material = lot.Material, number = lot.Number,
            reports = lines.Select(line => line.ReportId).ToArray(), kinds = lines.Select(line => line.Kind.ToString()).ToArray(),
            posted = lines.Select(line => line.Posted).ToArray(), @short = lines.Select(line => line.Short).ToArray(),
            parts = lines.Select(line => line.Parts).ToArray()
        }, ct);

    /// <summary>Where a consumption was taken that is posted now.</summary>
    public static Task<List<TakenRow>> WhereTaken(this InventoryDb db, LotKey lot, Guid reportId, CancellationToken ct) =>
        db.Read<TakenRow>(
            """
            SELECT e.location, c.kind, -sum(e.quantity) AS quantity
            FROM movement m JOIN ledger_entry e ON e.movement_id = m.id JOIN location c ON c.code = e.location
            WHERE m.source_kind = 'production-report' AND m.source_id = @reportId AND m.leg_kind = @legKind
              AND c.kind IN ('Storage', 'LineSide', 'Quarantine')
            GROUP BY e.location, c.kind HAVING sum(e.quantity) < 0 ORDER BY e.location
            """,
            new { reportId = reportId.ToString(), legKind = LegKind(ProductionLineKind.Consumption, lot) }, ct);

    /// <summary>Names the movements of one line.</summary>
    public static string LegKind(ProductionLineKind kind, LotKey lot) =>
        $"{(kind == ProductionLineKind.Receipt ? "receipt" : "consumption")} {lot.Material} {lot.Number}";

    sealed record Row
    {
        public string Material { get; init; } = "";
        public string Lot { get; init; } = "";
        public Guid ReportId { get; init; }
        public ProductionLineKind Kind { get; init; }
        public decimal Reported { get; init; }
        public decimal Reversed { get; init; }
        public decimal Accepted { get; init; }
        public decimal Posted { get; init; }
        public decimal Short { get; init; }
        public int Parts { get; init; }
        public string OrderNumber { get; init; } = "";
        public DateTimeOffset ReportedAt { get; init; }

        public ProductionLine ToLine() => new()
        {
            ReportId = ReportId, Kind = Kind, Reported = Reported, Reversed = Reversed, Accepted = Accepted, Posted = Posted,
            Short = Short, Parts = Parts, OrderNumber = OrderNumber, ReportedAt = ReportedAt
        };
    }
}

/// <summary>A quantity that was taken at a location.</summary>
sealed record TakenRow
{
    public string Location { get; init; } = "";
    public LocationKind Kind { get; init; }
    public decimal Quantity { get; init; }
}
