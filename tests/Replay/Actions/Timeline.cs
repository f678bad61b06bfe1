namespace Mes.Replay.Actions;

/// <summary>The steps of a replay in the order in which a player takes them.</summary>
static class Timeline
{
    /// <summary>
    /// The log's own order: by instant, then line; a report happens when its work ends. An order is released before,
    /// and finished after, all of its rows.
    /// </summary>
    public static IReadOnlyList<ReplayAction> InTime(
        IReadOnlyList<OrderHistory> histories, IReadOnlyList<OrderMaster> orders) =>
    [
        .. histories.Zip(orders, StepsOf).SelectMany(steps => steps)
            .OrderBy(step => step.Action.At)
            .ThenBy(step => step.Phase)
            .ThenBy(step => step.Line)
            .ThenByDescending(step => step.Action is IssueBlank)
            .Select(step => step.Action),
    ];

    /// <summary>
    /// The same steps with the rows in an order drawn from the seed, as if terminals had been offline: first every
    /// release, last every end; blanks are issued before the first report that is played.
    /// </summary>
    public static IReadOnlyList<ReplayAction> Shuffled(IReadOnlyList<ReplayAction> inTime, int seed)
    {
        ReplayAction[] rows = [.. inTime.Where(action => action is ReportProduction or ReportDowntime)];
        new Random(seed).Shuffle(rows);
        return
        [
            .. inTime.OfType<ReleaseOrder>(),
            .. WithIssues(rows, inTime.OfType<IssueBlank>().ToDictionary(issue => issue.OrderId)),
            .. inTime.OfType<FinishOrder>(),
        ];
    }

    static IEnumerable<ReplayAction> WithIssues(IEnumerable<ReplayAction> rows, Dictionary<string, IssueBlank> issues)
    {
        foreach (var row in rows)
        {
            if (row is ReportProduction && issues.Remove(row.OrderId, out var issue))
                yield return issue;
            yield return row;
        }
    }

    static IEnumerable<Step> StepsOf(OrderHistory history, OrderMaster order)
    {
        yield return new Step(Phase.Release, 0, new ReleaseOrder(order));
        if (history.Reports.FirstOrDefault() is { } first)
            yield return new Step(Phase.Row, first.Line, new IssueBlank(first.EndedAt, order));
        foreach (var row in history.Rows)
            yield return new Step(
                Phase.Row, row.Line, row.IsReport ? new ReportProduction(row) : new ReportDowntime(row));
        yield return new Step(Phase.Finish, 0, new FinishOrder(order.DueAt, order, !history.IsComplete));
    }

    // Within one instant every release comes first and every end last.
    enum Phase
    {
        Release,
        Row,
        Finish,
    }

    readonly record struct Step(Phase Phase, int Line, ReplayAction Action);
}
