using Mes.Inventory.Domain;

namespace Mes.Inventory.Data;

/// <summary>Records what was reported and could not be posted as it was.</summary>
sealed class DiscrepancyStore(InventoryDb db, TimeProvider clock)
{
    /// <summary>Opens a discrepancy, or brings the one of the same kind, report and lot up to date.</summary>
    /// <param name="kind">One of <see cref="DiscrepancyKinds"/>.</param>
    /// <param name="reportId">The production report, or null.</param>
    /// <param name="orderNumber">The work order, or null.</param>
    /// <param name="lot">The lot; an empty number where it is about the material.</param>
    /// <param name="missing">What could not be posted, with its unit.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Open(
        string kind, Guid? reportId, string? orderNumber, LotKey lot, (decimal Quantity, string Unit) missing,
        CancellationToken ct)
    {
        var (quantity, unit) = missing;
        // SQL: opened, or brought up to date where it is there, in one statement that tells what was there before
        var opened = (await db.Read<Opened>(
            """
            INSERT INTO discrepancy (id, kind, report_id, order_number, material, lot, quantity, unit, status, found_at)
            VALUES (@id, @kind, @reportId, @orderNumber, @material, @lot, @quantity, @unit, 'Open', @now)
            ON CONFLICT ON CONSTRAINT discrepancy_once DO UPDATE SET quantity = excluded.quantity, unit = excluded.unit,
                status = 'Open', settled_at = NULL, settled_by = NULL, settlement = NULL
            RETURNING new.id, old.id IS NOT NULL AS was_there, old.status, old.quantity, old.unit, old.settled_at, old.settled_by,
                old.settlement
            """,
            new
            {
                id = Guid.CreateVersion7(), kind, reportId, orderNumber, material = lot.Material, lot = lot.Number,
                quantity, unit, now = clock.GetUtcNow()
            }, ct)).Single();
        db.Audit("discrepancy", opened.Id, opened.Old, new
        {
            Kind = kind, ReportId = reportId, OrderNumber = orderNumber, lot.Material, Lot = lot.Number, Quantity = quantity,
            Unit = unit, Status = nameof(DiscrepancyStatus.Open)
        });
    }

    /// <summary>Closes the discrepancy, where it is open, because what it is about is no longer so.</summary>
    public async Task Cover(string kind, Guid reportId, LotKey lot, CancellationToken ct)
    {
        var ids = await db.Read<Guid>(
            """
            UPDATE discrepancy SET status = 'Covered', settled_at = @now
            WHERE kind = @kind AND report_id = @reportId AND material = @material AND lot = @lot AND status = 'Open'
            RETURNING id
            """, new { kind, reportId, material = lot.Material, lot = lot.Number, now = clock.GetUtcNow() }, ct);
        ids.ForEach(id => db.Audit("discrepancy", id,
            new { Status = nameof(DiscrepancyStatus.Open) }, new { Status = nameof(DiscrepancyStatus.Covered) }));
    }

    sealed class Opened
    {
        public Guid Id { get; init; }
        public bool WasThere { get; init; }
        public string? Status { get; init; }
        public decimal? Quantity { get; init; }
        public string? Unit { get; init; }
        public DateTime? SettledAt { get; init; }
        public string? SettledBy { get; init; }
        public string? Settlement { get; init; }

        public object? Old => WasThere ? new { Status, Quantity, Unit, SettledAt, SettledBy, Settlement } : null;
    }
}
