using Mes.Contracts;

namespace Mes.Inventory.Domain;

/// <summary>What a production report does to a lot.</summary>
public enum ProductionLineKind
{
    /// <summary>Its good pieces come in.</summary>
    Receipt,
    /// <summary>What it used up goes out.</summary>
    Consumption
}

/// <summary>
/// What a report and its counter-reports together say of one lot, and how much of it is posted. The sums are the same
/// whichever of them came first.
/// </summary>
public sealed record ProductionLine
{
    /// <summary>The report; counter-reports add to the line of the one that they undo.</summary>
    public Guid ReportId { get; init; }

    /// <summary>In or out.</summary>
    public ProductionLineKind Kind { get; init; }

    /// <summary>What the report said, &gt;= 0; 0 while only its counter-report is known.</summary>
    public decimal Reported { get; init; }

    /// <summary>What counter-reports took back, &gt;= 0.</summary>
    public decimal Reversed { get; init; }

    /// <summary>The part of a shortfall that a person has accepted as it is, &gt;= 0.</summary>
    public decimal Accepted { get; init; }

    /// <summary>What is posted in the ledger, &gt;= 0: in for a receipt, out for a consumption.</summary>
    public decimal Posted { get; init; }

    /// <summary>The shortfall as it was last recorded, &gt;= 0.</summary>
    public decimal Short { get; init; }

    /// <summary>How many movements it has caused.</summary>
    public int Parts { get; init; }

    /// <summary>The work order.</summary>
    public string OrderNumber { get; init; } = "";

    /// <summary>When the report was accepted, UTC.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>What ought to be posted.</summary>
    public decimal Target => Kind == ProductionLineKind.Receipt
        ? Math.Min(Reported, Math.Max(0, Reported - Reversed) + Accepted)
        : Math.Max(0, Reported - Reversed - Accepted);

    /// <summary>What stock could not give: of a consumption, or of taking back a receipt.</summary>
    public decimal Shortfall => Math.Abs(Target - Posted);
}

/// <summary>What a report adds to the line of a lot.</summary>
/// <param name="ReportId">The report that the line belongs to: what undoes or corrects it adds to its line.</param>
/// <param name="Kind">In or out.</param>
/// <param name="Lot">The lot.</param>
/// <param name="Unit">Unit of the quantities.</param>
/// <param name="Reported">To add to what the report said.</param>
/// <param name="Reversed">To add to what was taken back.</param>
/// <param name="By">What says so: the report, or what undoes or corrects it.</param>
public sealed record ProductionLineChange(
    Guid ReportId, ProductionLineKind Kind, LotKey Lot, string Unit, decimal Reported, decimal Reversed, ProductionReported By)
{
    const int Decimals = 6;

    /// <summary>
    /// What a report says of stock: its good pieces at a receipt operation, and the lots that it used up.
    /// </summary>
    public static IReadOnlyList<ProductionLineChange> Of(ProductionReported report)
    {
        var changes = report.Consumed
            .GroupBy(used => (new LotKey(used.Material, used.Lot), used.Unit))
            .Select(used => Make(report, ProductionLineKind.Consumption, used.Key.Item1, used.Key.Unit,
                used.Sum(lot => lot.Quantity)));
        if (report.IsReceipt)
        {
            changes = changes.Append(Make(report, ProductionLineKind.Receipt, new LotKey(report.Product, report.Lot),
                report.Unit, report.Good));
        }
        return [.. changes.Where(change => change.Reported != 0 || change.Reversed != 0)];
    }

    /// <summary>The same of a material that is not tracked by lot: whatever lots were told, it is all one.</summary>
    public static IReadOnlyList<ProductionLineChange> WithoutLots(IEnumerable<ProductionLineChange> changes) =>
    [
        .. changes.GroupBy(change => (change.By.ReportId, change.Kind, change.Lot.Material, change.Unit)).Select(group =>
            new ProductionLineChange(group.First().ReportId, group.Key.Kind, new LotKey(group.Key.Material, Domain.Lot.Untracked),
                group.Key.Unit, group.Sum(change => change.Reported), group.Sum(change => change.Reversed), group.First().By))
    ];

    static ProductionLineChange Make(
        ProductionReported report, ProductionLineKind kind, LotKey lot, string unit, decimal quantity)
    {
        quantity = decimal.Round(quantity, Decimals);
        var isReversal = report.Corrects is null ? report.Reverses is not null || quantity < 0 : quantity < 0;
        return new ProductionLineChange(report.Corrects ?? report.Reverses ?? report.ReportId, kind, lot, unit,
            isReversal ? 0 : quantity, isReversal ? Math.Abs(quantity) : 0, report);
    }
}

/// <summary>
/// How much of each production line is posted, given what a lot's stock can give. It depends on the set of the lines
/// alone, not on the order in which they came: what was used up comes before what was taken back, and within each the
/// earlier report first.
/// </summary>
public static class Settlement
{
    /// <summary>Decides for all lines of one lot.</summary>
    /// <param name="onHand">What is there now, with what the lines have posted so far, &gt;= 0.</param>
    /// <param name="lines">All lines of the lot that may change.</param>
    /// <returns>The lines with their new <see cref="ProductionLine.Posted"/>, all covered by stock.</returns>
    public static IReadOnlyList<ProductionLine> Of(decimal onHand, IReadOnlyCollection<ProductionLine> lines)
    {
        var receipts = Sorted(lines, ProductionLineKind.Receipt);
        var consumptions = Sorted(lines, ProductionLineKind.Consumption);
        var withoutLines = onHand - receipts.Sum(line => line.Posted) + consumptions.Sum(line => line.Posted);
        var lacking = Math.Max(0,
            consumptions.Sum(line => line.Target) - withoutLines - receipts.Sum(line => line.Target));

        var settled = new List<ProductionLine>(lines.Count);
        foreach (var receipt in receipts)
        {
            var kept = Math.Min(lacking, receipt.Reported - receipt.Target);     // was used up, so cannot be taken back
            settled.Add(receipt with { Posted = receipt.Target + kept });
            lacking -= kept;
        }
        foreach (var consumption in Enumerable.Reverse(consumptions))
        {
            var missing = Math.Min(lacking, consumption.Target);
            settled.Add(consumption with { Posted = consumption.Target - missing });
            lacking -= missing;
        }
        return settled;
    }

    static List<ProductionLine> Sorted(IEnumerable<ProductionLine> lines, ProductionLineKind kind) =>
        [.. lines.Where(line => line.Kind == kind).OrderBy(line => line.ReportedAt).ThenBy(line => line.ReportId)];
}
