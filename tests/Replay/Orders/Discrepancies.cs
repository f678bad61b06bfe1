namespace Mes.Replay.Orders;

/// <summary>
/// What the floor reported against the rules, under the policies sequence = warn and over-quantity = warn. Each kind
/// is a function of the set of reports, so that it does not depend on the order in which they arrive.
/// </summary>
static class Discrepancies
{
    public const string Sequence = "sequence";
    public const string OverQuantity = "over-quantity";
    public const string EqualReport = "equal-report";
    public const string EquipmentDown = "equipment-down";

    /// <summary>
    /// The reports that run ahead of the predecessor: at their end more pieces were finished at the operation (good,
    /// rejected, and nonconforming ones beyond those reworked) than the operation before it had delivered good.
    /// </summary>
    /// <remarks>
    /// "Runs ahead" could be defined in many ways that differ by a few reports. This one is physical and symmetric in
    /// ties: it needs neither line numbers nor ids, so every reader of the same set of reports counts alike.
    /// </remarks>
    public static IEnumerable<LogRow> AheadOfPredecessor(OrderHistory order)
    {
        var reports = order.Reports.ToLookup(row => row.Activity);
        foreach (var (predecessor, activity) in order.Route.Zip(order.Route.Skip(1)))
        {
            var delivered = new CumulativeQuantity(reports[predecessor], row => row.Good);
            var through = new CumulativeQuantity(reports[activity], row => row.Good + row.Rejected);
            var setAside = new CumulativeQuantity(reports[activity], row => row.Nonconforming);
            var reworked = new CumulativeQuantity(
                reports[activity].Where(row => row.Rework), row => row.Good + row.Rejected + row.Nonconforming);
            foreach (var report in reports[activity])
                if (FinishedAt(report.EndedAt) > delivered.At(report.EndedAt))
                    yield return report;

            decimal FinishedAt(DateTimeOffset at) => through.At(at) + Math.Max(0, setAside.At(at) - reworked.At(at));
        }
    }

    /// <summary>The operations that reported more good pieces than ordered, with good ÷ ordered (&gt; 1).</summary>
    public static IEnumerable<(string Activity, decimal Ratio)> OverQuantityOperations(OrderHistory order) =>
        from report in order.Reports
        group report.Good by report.Activity into goods
        let good = goods.Sum()
        where good > order.Quantity
        select (goods.Key, good / order.Quantity);

    /// <summary>The reports that say the very same as another one, all but one of each such group.</summary>
    public static int EqualReports(OrderHistory order) => order.Reports.Count() - order.Reports.Select(row => (
        row.Activity, row.Equipment, row.Worker, row.Type, row.StartedAt, row.EndedAt, row.Good, row.Rejected,
        row.Nonconforming, row.Rework)).Distinct().Count();

    /// <summary>The reports of work on equipment that broke down meanwhile.</summary>
    public static IEnumerable<LogRow> OnStoppedEquipment(IReadOnlyCollection<LogRow> rows)
    {
        var stops = rows.Where(row => !row.IsReport).ToLookup(row => row.Equipment);
        return rows.Where(row => row.IsReport
            && stops[row.Equipment].Any(stop => stop.StartedAt < row.EndedAt && row.StartedAt < stop.EndedAt));
    }

    /// <summary>Kind → number: <see cref="OverQuantity"/> by operation, the others by report.</summary>
    public static SortedDictionary<string, int> Count(
        IReadOnlyCollection<OrderHistory> orders, IReadOnlyCollection<LogRow> rows) =>
        new(StringComparer.Ordinal)
        {
            [Sequence] = orders.Sum(order => AheadOfPredecessor(order).Count()),
            [OverQuantity] = orders.Sum(order => OverQuantityOperations(order).Count()),
            [EqualReport] = orders.Sum(EqualReports),
            [EquipmentDown] = OnStoppedEquipment(rows).Count(),
        };
}
