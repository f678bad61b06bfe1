using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Messaging;

namespace Mes.Inventory.Features.Production;

/// <summary>
/// Posts what production reports say of stock: the good pieces of a receipt operation come in, the lots that were used
/// up go out. What stock cannot give becomes a discrepancy; a report never fails. Reports and counter-reports may come
/// in any order.
/// </summary>
sealed class OnProductionReported(
    InventoryDb db, StockStore store, LotSettlement settlement, DiscrepancyStore discrepancies)
    : IConsumeBatch<ProductionReported>
{
    const string Origin = "production";

    public async Task Consume(IReadOnlyList<ProductionReported> messages, CancellationToken ct)
    {
        var told = messages.Select(message => (Report: message, Changes: ProductionLineChange.Of(message)))
            .Where(one => one.Changes.Count > 0 || one.Report is not { Good: 0, Scrap: 0, Nonconforming: 0 })
            .DistinctBy(one => one.Report.ReportId).ToList();
        var isNew = told.Count == 0 ? [] : await Note(told.ConvertAll(one => one.Report), ct);
        await CountPieces([.. told.Select(one => one.Report).Where(report => isNew.Contains(report.ReportId))], ct);
        var changes = told.Where(one => isNew.Contains(one.Report.ReportId)).SelectMany(one => one.Changes).ToList();
        if (changes.Count == 0)
        {
            return;
        }
        await db.ShareMaterials(changes.Select(change => change.Lot.Material).Distinct(), ct);
        var materials = await db.MaterialsOrStubs(changes.Select(change => (change.Lot.Material, change.Unit)), ct);
        var byTracking = changes.ToLookup(change => materials[change.Lot.Material].IsTrackedByLot);
        await Post(materials, [.. byTracking[true], .. ProductionLineChange.WithoutLots(byTracking[false])], ct);
    }

    /// <summary>Notes the reports; the same report may come under another message id.</summary>
    /// <returns>Those that were not known.</returns>
    // SQL: the reports of a batch in one statement, which tells those that were not known
    // Not audited: copies of the reports of WorkOrders
    async Task<HashSet<Guid>> Note(List<ProductionReported> reports, CancellationToken ct) => [.. await db.Read<Guid>(
        """
        INSERT INTO production_report (report_id, reverses, corrects, order_number, product, lot, is_receipt, good, unit,
            reported_at)
        SELECT * FROM unnest(@ids, @reverses, @corrects, @orders, @products, @lots, @areReceipts, @good, @units, @times)
        ON CONFLICT DO NOTHING RETURNING report_id
        """,
        new
        {
            ids = reports.ConvertAll(report => report.ReportId), reverses = reports.ConvertAll(report => report.Reverses),
            corrects = reports.ConvertAll(report => report.Corrects), orders = reports.ConvertAll(report => report.OrderNumber),
            products = reports.ConvertAll(report => report.Product), lots = reports.ConvertAll(report => report.Lot),
            areReceipts = reports.ConvertAll(report => report.IsReceipt), good = reports.ConvertAll(report => report.Good),
            units = reports.ConvertAll(report => report.Unit),
            times = reports.ConvertAll(report => report.ReportedAt.ToUniversalTime())
        }, ct)];

    /// <summary>Counts the pieces of operations, by which components are used up by themselves.</summary>
    // SQL: what reports say adds up, whichever came first; an order that has not come yet tells of itself when it comes
    // Not audited: copies of the reports of WorkOrders
    async Task CountPieces(List<ProductionReported> reports, CancellationToken ct)
    {
        var pieces = reports.ConvertAll(OperationPieces.Of);
        var orders = pieces.Count == 0 ? [] : await db.Read<string>(
            """
            WITH counted AS (
                INSERT INTO operation_pieces AS p (order_number, operation, good, scrap, nonconforming, reworked)
                SELECT order_number, operation, sum(good), sum(scrap), sum(nonconforming), sum(reworked)
                FROM unnest(@orders, @operations, @good, @scrap, @nonconforming, @reworked)
                    AS told (order_number, operation, good, scrap, nonconforming, reworked)
                GROUP BY order_number, operation ORDER BY order_number, operation
                ON CONFLICT (order_number, operation) DO UPDATE SET good = p.good + excluded.good,
                    scrap = p.scrap + excluded.scrap, nonconforming = p.nonconforming + excluded.nonconforming,
                    reworked = p.reworked + excluded.reworked
                RETURNING order_number)
            SELECT DISTINCT c.order_number FROM counted c LEFT JOIN work_order w ON w.number = c.order_number
            WHERE w.number IS NULL OR w.materials @> '[{"isBackflushed":true}]' ORDER BY 1
            """,
            new
            {
                orders = reports.ConvertAll(report => report.OrderNumber), operations = pieces.ConvertAll(one => one.Operation),
                good = pieces.ConvertAll(one => one.Good), scrap = pieces.ConvertAll(one => one.Scrap),
                nonconforming = pieces.ConvertAll(one => one.Nonconforming), reworked = pieces.ConvertAll(one => one.Reworked)
            }, ct);
        orders.ForEach(order => db.Outbox.Add(new ConsumptionDue(order)));
    }

    async Task Post(
        Dictionary<string, Material> materials, List<ProductionLineChange> changes, CancellationToken ct)
    {
        foreach (var wrong in changes.Where(IsWrong))
        {
            await discrepancies.Open(DiscrepancyKinds.WrongUnit, wrong.By.ReportId, wrong.By.OrderNumber, wrong.Lot,
                (Math.Max(wrong.Reported, wrong.Reversed), wrong.Unit), ct);
        }
        var postable = changes.Where(change => !IsWrong(change)).ToList();
        if (postable.Count == 0)
        {
            return;
        }
        var lots = await db.LockLots(postable.Select(change => change.Lot), Origin, ct);
        var lines = await db.AddToLines(postable, ct);
        var toldBy = postable.ToLookup(change => (change.ReportId, change.Lot), change => change.By);
        foreach (var (key, lot) in lots.OrderBy(pair => pair.Key, LotKey.LockOrder))
        {
            await settlement.Settle(materials[key.Material], lot, [.. lines[key]], ct);
            await NoteUse(materials[key.Material], lot.Lot, lines[key], line => toldBy[(line.ReportId, key)].First(), ct);
        }
        await store.Write(ct);

        bool IsWrong(ProductionLineChange change) => change.Unit != materials[change.Lot.Material].Unit;
    }

    /// <summary>What Quality holds and what has expired is never used silently; what is undone was not used.</summary>
    async Task NoteUse(
        Material material, Lot lot, IEnumerable<ProductionLine> lines, Func<ProductionLine, ProductionReported> reportOf,
        CancellationToken ct)
    {
        foreach (var line in lines.Where(line => line.Kind == ProductionLineKind.Consumption))
        {
            var (used, report) = (line.Reported - line.Reversed, reportOf(line));
            if (used <= 0)
            {
                await discrepancies.Cover(DiscrepancyKinds.HeldLotConsumed, line.ReportId, lot.Key, ct);
                await discrepancies.Cover(DiscrepancyKinds.ExpiredLotConsumed, line.ReportId, lot.Key, ct);
                continue;
            }
            if (lot.Status == LotStatus.Held)
            {
                await discrepancies.Open(DiscrepancyKinds.HeldLotConsumed, line.ReportId, report.OrderNumber, lot.Key,
                    (used, material.Unit), ct);
            }
            if (lot.ExpiresAt <= report.EndedAt)
            {
                await discrepancies.Open(DiscrepancyKinds.ExpiredLotConsumed, line.ReportId, report.OrderNumber, lot.Key,
                    (used, material.Unit), ct);
            }
        }
    }
}
