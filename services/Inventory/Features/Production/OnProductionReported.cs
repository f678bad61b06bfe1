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
    InventoryDb db, StockBook book, LotSettlement settlement, DiscrepancyBook discrepancies) : IConsume<ProductionReported>
{
    const string Origin = "production";

    public async Task Consume(ProductionReported message, CancellationToken ct)
    {
        var changes = ProductionLineChange.Of(message);
        if (changes.Count == 0 || !await IsNew(message, ct))
        {
            return;
        }
        var ofMaterials = changes.GroupBy(change => change.Lot.Material)
            .OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        await db.ShareMaterials(ofMaterials.Select(group => group.Key), ct);
        var materials = await db.MaterialsOrStubs(changes.Select(change => (change.Lot.Material, change.Unit)), ct);
        foreach (var ofMaterial in ofMaterials)
        {
            var material = materials[ofMaterial.Key];
            var ofLots = material.IsTrackedByLot ? [.. ofMaterial] : ProductionLineChange.WithoutLots(ofMaterial);
            await Post(material, ofLots, message, ct);
        }
    }

    /// <summary>Notes the report; the same report may come under another message id.</summary>
    async Task<bool> IsNew(ProductionReported message, CancellationToken ct) => await db.Execute(
        """
        INSERT INTO production_report (report_id, reverses, corrects, order_number, product, lot, is_receipt, good, unit,
            reported_at)
        VALUES (@ReportId, @Reverses, @Corrects, @OrderNumber, @Product, @Lot, @IsReceipt, @Good, @Unit, @ReportedAt)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            message.ReportId, message.Reverses, message.Corrects, message.OrderNumber, message.Product, message.Lot,
            message.IsReceipt, message.Good, message.Unit, ReportedAt = message.ReportedAt.ToUniversalTime()
        }, ct) == 1;

    async Task Post(
        Material material, IReadOnlyCollection<ProductionLineChange> changes, ProductionReported report, CancellationToken ct)
    {
        foreach (var wrong in changes.Where(change => change.Unit != material.Unit))
        {
            await discrepancies.Open(DiscrepancyKinds.WrongUnit, report.ReportId, report.OrderNumber, wrong.Lot,
                (Math.Max(wrong.Reported, wrong.Reversed), wrong.Unit), ct);
        }
        var postable = changes.Where(change => change.Unit == material.Unit).ToList();
        if (postable.Count == 0)
        {
            return;
        }
        var lots = await db.LockLots(postable.Select(change => change.Lot), Origin, ct);
        var lines = await db.AddToLines(postable, report.OrderNumber, report.ReportedAt, ct);
        foreach (var key in lots.Keys.Order(LotKey.LockOrder))
        {
            await settlement.Settle(material, lots[key], [.. lines[key]], ct);
            await NoteUse(material, lots[key].Lot, lines[key], report, ct);
        }
        await book.Write(ct);
    }

    /// <summary>What Quality holds and what has expired is never used silently; what is undone was not used.</summary>
    async Task NoteUse(
        Material material, Lot lot, IEnumerable<ProductionLine> lines, ProductionReported report, CancellationToken ct)
    {
        foreach (var line in lines.Where(line => line.Kind == ProductionLineKind.Consumption))
        {
            var used = line.Reported - line.Reversed;
            if (used <= 0)
            {
                await discrepancies.Settle(DiscrepancyKinds.HeldLotConsumed, line.ReportId, lot.Key, ct);
                await discrepancies.Settle(DiscrepancyKinds.ExpiredLotConsumed, line.ReportId, lot.Key, ct);
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
