namespace Mes.Replay.Orders;

/// <summary>What the log says of one order.</summary>
/// <param name="Id">The log's case.</param>
/// <param name="Rows">The order's rows by (end, line); at least one.</param>
/// <param name="Route">
/// The order's activities in the sequence in which they began: one operation each. Downtime counts as well, so that
/// each row has its operation.
/// </param>
/// <param name="ReceiptActivity">The operation whose good pieces are received into stock.</param>
sealed record OrderHistory(
    string Id, IReadOnlyList<LogRow> Rows, IReadOnlyList<string> Route, string ReceiptActivity)
{
    const string Packing = "Packing";
    const string FinalInspection = "Final Inspection Q.C.";

    public string Part => Rows[0].Part;

    /// <summary>Pieces ordered.</summary>
    public decimal Quantity => Rows[0].OrderQuantity;

    /// <summary>The production reports: rows that are not downtime, by (end, line).</summary>
    public IEnumerable<LogRow> Reports => Rows.Where(row => row.IsReport);

    /// <summary>The reports that put pieces into stock.</summary>
    public IEnumerable<LogRow> Receipts => Reports.Where(row => row.Activity == ReceiptActivity && row.Good > 0);

    /// <summary>Pieces received into stock.</summary>
    public decimal Received => Receipts.Sum(row => row.Good);

    /// <summary>True when the receipts reach the ordered quantity; other orders are closed short.</summary>
    public bool IsComplete => Received >= Quantity;

    /// <summary>Groups rows into orders, sorted by first start, then name.</summary>
    public static IReadOnlyList<OrderHistory> From(IEnumerable<LogRow> rows) =>
    [
        .. rows.GroupBy(row => row.OrderId, StringComparer.Ordinal)
            .Select(Of)
            .OrderBy(order => order.Rows.Min(row => row.StartedAt))
            .ThenBy(order => order.Id, StringComparer.Ordinal),
    ];

    static OrderHistory Of(IGrouping<string, LogRow> group)
    {
        LogRow[] rows = [.. group.OrderBy(row => row.EndedAt).ThenBy(row => row.Line)];
        return new OrderHistory(group.Key, rows, RouteOf(rows), ReceiptActivityOf(rows));
    }

    // Ties go by name and not by line: the route then is a function of the set of rows, whatever their order in the
    // file.
    static string[] RouteOf(IEnumerable<LogRow> rows) =>
    [
        .. rows.OrderBy(row => row.StartedAt)
            .ThenBy(row => row.EndedAt)
            .ThenBy(row => row.Activity, StringComparer.Ordinal)
            .Select(row => row.Activity)
            .Distinct(),
    ];

    static string ReceiptActivityOf(LogRow[] rows) =>
        Array.Exists(rows, row => row.Activity == Packing) ? Packing
        : Array.Exists(rows, row => row.Activity == FinalInspection) ? FinalInspection
        : rows[^1].Activity;
}
