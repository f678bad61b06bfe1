namespace Mes.Replay.Definitions;

/// <summary>
/// What the ERP sends before the shop floor begins: derived from the log, each list sorted by name or release.
/// </summary>
sealed record MasterData(
    IReadOnlyList<string> Parts,
    IReadOnlyList<EquipmentMaster> Equipment,
    IReadOnlyList<WorkerMaster> Workers,
    IReadOnlyList<OrderMaster> Orders)
{
    /// <param name="rows">The log's rows, at least one.</param>
    /// <param name="histories">The same rows by order.</param>
    public static MasterData Of(IReadOnlyList<LogRow> rows, IReadOnlyList<OrderHistory> histories)
    {
        var times = StandardTimes.Of(histories);
        return new MasterData(
            [.. rows.Select(row => row.Part).Distinct().Order(StringComparer.Ordinal)],
            EquipmentMaster.From(rows),
            WorkerMaster.From(rows),
            [.. histories.Select(history => OrderMaster.Of(history, times))]);
    }
}

/// <summary>An equipment; an inspection work center when most of its rows are quality checks.</summary>
sealed record EquipmentMaster(string Name, bool IsInspection)
{
    public static IReadOnlyList<EquipmentMaster> From(IEnumerable<LogRow> rows) =>
    [
        .. from row in rows
           group row by row.Equipment into uses
           orderby uses.Key
           select new EquipmentMaster(uses.Key, uses.Count(IsCheck) * 2 > uses.Count()),
    ];

    static bool IsCheck(LogRow row) => Inspection.IsQualityCheck(row.Activity);
}

/// <summary>A worker and the equipment on which the log saw them report: that is what they are qualified for.</summary>
sealed record WorkerMaster(string Id, IReadOnlyList<string> QualifiedFor)
{
    public static IReadOnlyList<WorkerMaster> From(IEnumerable<LogRow> rows) =>
    [
        .. from row in rows
           where row.Worker.Length > 0
           group row.Equipment by row.Worker into equipment
           orderby equipment.Key
           select new WorkerMaster(equipment.Key, [.. equipment.Distinct().Order(StringComparer.Ordinal)]),
    ];
}

/// <summary>
/// The lot of raw pieces that an order consumes: enough of them for the ordered quantity and for whatever any operation
/// reported.
/// </summary>
sealed record BlankLot(string LotId, string MaterialId, decimal Quantity);

/// <summary>
/// An order as the ERP sends it: released at its first start in the log and, as the log has no due dates, due when
/// its last row ended.
/// </summary>
sealed record OrderMaster(
    string Id, string Part, decimal Quantity, DateTimeOffset ReleasedAt, DateTimeOffset DueAt)
{
    public required IReadOnlyList<OperationMaster> Route { get; init; }

    public required BlankLot Blank { get; init; }

    /// <summary>The operation whose good pieces are received into stock.</summary>
    public OperationMaster ReceiptOperation => Route.Single(operation => operation.IsReceipt);

    public static OrderMaster Of(OrderHistory history, StandardTimes times) => new(
        history.Id, history.Part, history.Quantity,
        history.Rows.Min(row => row.StartedAt), history.Rows.Max(row => row.EndedAt))
    {
        Route = [.. history.Route.Select((activity, index) => OperationMaster.Of(history, activity, index, times))],
        Blank = new BlankLot($"{history.Id} blank", $"{history.Part} blank", BlankQuantity(history)),
    };

    static decimal BlankQuantity(OrderHistory history) => history.Rows
        .GroupBy(row => row.Activity)
        .Select(operation => operation.Sum(row => row.Handled))
        .Append(history.Quantity)
        .Max();
}

/// <summary>One step of an order's routing.</summary>
/// <param name="Number">10, 20, 30, …</param>
/// <param name="Activity">What is done.</param>
/// <param name="Equipment">The alternatives: the equipment seen for this step of this order, most used first.</param>
sealed record OperationMaster(int Number, string Activity, IReadOnlyList<string> Equipment)
{
    const int NumberStep = 10;

    /// <summary>True for a quality check, done at an inspection work center.</summary>
    public required bool IsInspection { get; init; }

    public required bool IsReceipt { get; init; }

    public required StandardTime Time { get; init; }

    public static OperationMaster Of(OrderHistory history, string activity, int index, StandardTimes times) =>
        new((index + 1) * NumberStep, activity, Alternatives(history, activity))
        {
            IsInspection = Inspection.IsQualityCheck(activity),
            IsReceipt = activity == history.ReceiptActivity,
            Time = times.For(history.Part, activity),
        };

    static string[] Alternatives(OrderHistory history, string activity) =>
    [
        .. history.Rows.Where(row => row.Activity == activity)
            .GroupBy(row => row.Equipment)
            .OrderByDescending(uses => uses.Count())
            .ThenBy(uses => uses.Key, StringComparer.Ordinal)
            .Select(uses => uses.Key),
    ];
}
