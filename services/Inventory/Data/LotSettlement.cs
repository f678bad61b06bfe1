using Mes.Inventory.Domain;

namespace Mes.Inventory.Data;

/// <summary>
/// Brings what is posted of a lot's production lines to what its stock can give, by <see cref="Settlement"/>: after a
/// report, and after anything else that puts stock into a lot for which reports still want some.
/// </summary>
sealed class LotSettlement(InventoryDb db, StockStore store, DiscrepancyStore discrepancies)
{
    static readonly StockAt Receiving = new(Location.Receiving, LocationKind.Storage, 0, 0);

    /// <summary>Settles a lot that is locked.</summary>
    /// <param name="material">The lot's material.</param>
    /// <param name="stock">The lot's stock.</param>
    /// <param name="changed">The lines that a report has just changed; none after another movement.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Settle(
        Material material, LotStock stock, IReadOnlyCollection<ProductionLine> changed, CancellationToken ct)
    {
        var lines = changed;
        var settled = Settlement.Of(stock.OnHand, lines);
        if (stock.Lot.IsUnsettled || settled.Any(line => line.Shortfall > 0))
        {
            lines = Merge(changed, await db.LinesToSettle(stock.Lot.Key, ct));
            settled = Settlement.Of(stock.OnHand, lines);
        }
        var before = lines.ToDictionary(line => (line.ReportId, line.Kind));
        var steps = settled.Select(after => (Before: before[(after.ReportId, after.Kind)], After: after))
            .Where(step => step.Before.Posted != step.After.Posted || step.After.Shortfall != step.Before.Short)
            .OrderByDescending(step => IsInflow(step.Before, step.After)).ToList();
        await Apply(material, stock, steps, ct);
        await MarkLot(stock.Lot, isUnsettled: settled.Any(line => line.Shortfall > 0), steps, ct);
    }

    /// <summary>Settles a lot that is locked and has just got more, if reports still want some of it.</summary>
    public Task SettleAfterInflow(Material material, LotStock stock, CancellationToken ct) =>
        stock.Lot.IsUnsettled ? Settle(material, stock, [], ct) : Task.CompletedTask;

    async Task Apply(
        Material material, LotStock stock, List<(ProductionLine Before, ProductionLine After)> steps, CancellationToken ct)
    {
        var saved = new List<ProductionLine>();
        foreach (var (line, after) in steps)
        {
            var parts = await Post(stock, line, after.Posted - line.Posted, ct);
            saved.Add(after with { Parts = line.Parts + parts, Short = after.Shortfall });
            await Record(material, stock.Lot.Key, line, after, ct);
        }
        if (saved.Count > 0)
        {
            await db.SaveLines(stock.Lot.Key, saved, ct);
        }
    }

    /// <summary>Posts the difference.</summary>
    /// <returns>How many movements it took.</returns>
    async Task<int> Post(LotStock stock, ProductionLine line, decimal difference, CancellationToken ct)
    {
        switch (line.Kind, Math.Sign(difference))
        {
            case (ProductionLineKind.Receipt, 1):
                store.PutIn(Header(MovementKinds.ProductionReceipt, stock, line, 1), stock, Receiving, difference,
                    Location.Production);
                return 1;
            case (ProductionLineKind.Receipt, -1):
                store.TakeOut(Header(MovementKinds.ProductionReceiptReversal, stock, line, 1), stock,
                    stock.Take(-difference, null, mayDisplace: true, ReceivingFirst), Location.Production);
                return 1;
            case (ProductionLineKind.Consumption, 1):
                store.TakeOut(Header(MovementKinds.Consumption, stock, line, 1), stock,
                    stock.Take(difference, line.OrderNumber, mayDisplace: true, ReceivingLast), Location.Consumption);
                return 1;
            case (ProductionLineKind.Consumption, -1):
                return await PutBack(stock, line, -difference, ct);
            default:
                return 0;
        }
    }

    /// <summary>Puts what a report no longer used up back to where it was taken.</summary>
    async Task<int> PutBack(LotStock stock, ProductionLine line, decimal quantity, CancellationToken ct)
    {
        var parts = 0;
        foreach (var taken in await db.WhereTaken(stock.Lot.Key, line.ReportId, ct))
        {
            var back = Math.Min(quantity, taken.Quantity);
            if (back > 0)
            {
                store.PutIn(Header(MovementKinds.ConsumptionReversal, stock, line, ++parts), stock,
                    new StockAt(taken.Location, taken.Kind, 0, 0), back, Location.Consumption);
                quantity -= back;
            }
        }
        return parts;
    }

    Task Record(Material material, LotKey lot, ProductionLine before, ProductionLine after, CancellationToken ct)
    {
        var kind = after.Kind == ProductionLineKind.Receipt ? DiscrepancyKinds.ReversalShort : DiscrepancyKinds.ConsumptionShort;
        return (before.Short, after.Shortfall) switch
        {
            var (was, now) when was == now => Task.CompletedTask,
            (_, > 0) => discrepancies.Open(
                kind, after.ReportId, after.OrderNumber, lot, (after.Shortfall, material.Unit), ct),
            _ => discrepancies.Cover(kind, after.ReportId, lot, ct)
        };
    }

    async Task MarkLot(
        Lot lot, bool isUnsettled, List<(ProductionLine Before, ProductionLine After)> steps, CancellationToken ct)
    {
        var received = steps.Where(step => step.After.Kind == ProductionLineKind.Receipt && step.After.Posted > 0)
            .Select(step => (DateTimeOffset?)step.After.ReportedAt).Min();
        if (isUnsettled != lot.IsUnsettled || (received is not null && !(lot.ReceivedAt <= received)))
        {
            // SQL: the lot's row was read and locked together with its stock; the context does not know it
            // Not audited: what follows from the movements, which are told
            await db.Execute(
                """
                UPDATE lot SET is_unsettled = @isUnsettled, received_at = least(received_at, @received)
                WHERE material = @Material AND number = @Number
                """, new { isUnsettled, received = received?.ToUniversalTime(), lot.Material, lot.Number }, ct);
        }
    }

    static List<ProductionLine> Merge(IEnumerable<ProductionLine> changed, IEnumerable<ProductionLine> all) =>
        [.. all.Concat(changed).DistinctBy(line => (line.ReportId, line.Kind))];

    static bool IsInflow(ProductionLine before, ProductionLine after) =>
        (after.Posted > before.Posted) == (after.Kind == ProductionLineKind.Receipt);

    static MovementHeader Header(string kind, LotStock stock, ProductionLine line, int part) => new(
        kind, new MovementSource(MovementSource.ProductionReport, line.ReportId.ToString(),
            ProductionLines.LegKind(line.Kind, stock.Lot.Key), line.Parts + part), line.ReportedAt, line.OrderNumber);

    static int? ReceivingFirst(StockAt at) => at.Location == Location.Receiving ? -1 : ReceivingLast(at);

    // Reports put stock only there: taken last, the result does not depend on which of two reports came first.
    static int? ReceivingLast(StockAt at) => at switch
    {
        { Location: Location.Receiving } => 2,
        { Kind: LocationKind.LineSide } => 0,
        { Kind: LocationKind.Quarantine } => 3,
        _ => 1
    };
}
