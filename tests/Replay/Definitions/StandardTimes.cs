namespace Mes.Replay.Definitions;

/// <summary>What an operation is expected to take: minutes once, and minutes for each piece.</summary>
sealed record StandardTime(decimal SetupMinutes, decimal RunMinutesPerPiece);

/// <summary>
/// Standard times estimated from the log for each part and activity: setup minutes per order that has the operation,
/// run minutes per piece handled (by run and setup rows). An activity that handled no piece of the part takes the
/// rate of the activity over all parts (its own minutes among them); one that handled none at all spreads its run
/// minutes over the pieces ordered.
/// </summary>
sealed class StandardTimes
{
    const int Decimals = 4;
    readonly Dictionary<(string Part, string Activity), Sums> _byPart = [];
    readonly Dictionary<string, Sums> _byActivity = new(StringComparer.Ordinal);

    StandardTimes()
    {
    }

    public static StandardTimes Of(IEnumerable<OrderHistory> histories)
    {
        var times = new StandardTimes();
        foreach (var history in histories)
            foreach (var activity in history.Route)
                times.Add(history, activity);
        return times;
    }

    /// <exception cref="KeyNotFoundException">No order of that part has the activity.</exception>
    public StandardTime For(string part, string activity)
    {
        var own = _byPart[(part, activity)];
        var rate = own.MinutesPerHandled ?? _byActivity[activity].MinutesPerHandled ?? own.MinutesPerOrdered;
        return new StandardTime(
            Math.Round(own.SetupMinutes / own.Orders, Decimals),
            Math.Round(rate, Decimals));
    }

    void Add(OrderHistory history, string activity)
    {
        var reports = history.Reports.Where(row => row.Activity == activity).ToList();
        var sums = new Sums(
            1, history.Quantity, reports.Sum(row => row.Handled),
            Minutes(reports, ReportType.Run), Minutes(reports, ReportType.Setup));
        _byPart[(history.Part, activity)] = sums.Plus(_byPart.GetValueOrDefault((history.Part, activity)));
        _byActivity[activity] = sums.Plus(_byActivity.GetValueOrDefault(activity));
    }

    static decimal Minutes(IEnumerable<LogRow> rows, ReportType type) =>
        (decimal)rows.Where(row => row.Type == type).Sum(row => row.Duration.Ticks) / TimeSpan.TicksPerMinute;

    sealed record Sums(int Orders, decimal Ordered, decimal Handled, decimal RunMinutes, decimal SetupMinutes)
    {
        public decimal? MinutesPerHandled => Handled > 0 ? RunMinutes / Handled : null;

        public decimal MinutesPerOrdered => RunMinutes / Ordered;

        public Sums Plus(Sums? other) => other is null ? this : new Sums(
            Orders + other.Orders, Ordered + other.Ordered, Handled + other.Handled,
            RunMinutes + other.RunMinutes, SetupMinutes + other.SetupMinutes);
    }
}
