namespace Mes.Replay.Expected;

/// <summary>What the services must show after a replay, computed from the log alone.</summary>
static class Truth
{
    /// <param name="rows">The log's rows, at least one, in any order.</param>
    public static ReplayFigures Of(IReadOnlyList<LogRow> rows)
    {
        var reports = rows.Where(row => row.IsReport).ToList();
        var orders = OrderHistory.From(rows);
        var timelines = rows.GroupBy(row => row.Equipment, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, EquipmentTimeline.Of, StringComparer.Ordinal);
        return new ReplayFigures
        {
            Good = reports.Sum(row => row.Good),
            Rejected = reports.Sum(row => row.Rejected),
            Nonconforming = reports.Sum(row => row.Nonconforming),
            Nonconformances = reports.Count(row => row.Nonconforming > 0),
            ReworkReports = reports.Count(row => row.Rework),
            Reports = reports.Count,
            LabourMinutes = Labour(rows),
            EquipmentMinutes = Equipment(timelines.Values),
            Received = orders.Sum(order => order.Received),
            ReceiptReports = orders.Sum(order => order.Receipts.Count()),
            OrdersComplete = orders.Count(order => order.IsComplete),
            OrdersClosedShort = orders.Count(order => !order.IsComplete),
            Confirmations = reports.Count,
            PerEquipment = PerEquipment(timelines, reports),
            Discrepancies = Discrepancies.Count(orders, rows),
            Quirks = LogQuirks.Count(rows, orders, timelines.Values),
        };
    }

    static ActivityMinutes Labour(IReadOnlyList<LogRow> rows)
    {
        return ActivityMinutes.Of(Sum(ReportType.Run), Sum(ReportType.Setup), Sum(ReportType.Breakdown));

        TimeSpan Sum(ReportType type) => rows.Where(row => row.Type == type).Select(row => row.Duration).Total();
    }

    static ActivityMinutes Equipment(ICollection<EquipmentTimeline> timelines) => ActivityMinutes.Of(
        timelines.Select(timeline => timeline.Run).Total(),
        timelines.Select(timeline => timeline.Setup).Total(),
        timelines.Select(timeline => timeline.Breakdown).Total());

    static SortedDictionary<string, EquipmentFigures> PerEquipment(
        IReadOnlyDictionary<string, EquipmentTimeline> timelines, IEnumerable<LogRow> reports)
    {
        var good = reports.ToLookup(row => row.Equipment, row => row.Good, StringComparer.Ordinal);
        var figures = new SortedDictionary<string, EquipmentFigures>(StringComparer.Ordinal);
        foreach (var (name, timeline) in timelines)
        {
            var minutes = ActivityMinutes.Of(timeline.Run, timeline.Setup, timeline.Breakdown);
            figures[name] = new EquipmentFigures(minutes.Run, minutes.Setup, minutes.Breakdown, good[name].Sum());
        }

        return figures;
    }

    static TimeSpan Total(this IEnumerable<TimeSpan> times) => new(times.Sum(time => time.Ticks));
}
