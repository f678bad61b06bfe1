namespace Mes.Replay.Expected;

/// <summary>Peculiarities of a log: listed, not hidden, and not corrected.</summary>
static class LogQuirks
{
    /// <summary>Rows that equal an earlier one in every field; they are rows of their own.</summary>
    public const string ExactDuplicate = "exact-duplicate";

    /// <summary>Rows whose span is not their end − start (which is what counts).</summary>
    public const string SpanDiffers = "span-differs";

    /// <summary>Rows whose span is not hours:minutes; they are among <see cref="SpanDiffers"/>.</summary>
    public const string SpanIsNoDuration = "span-is-no-duration";

    /// <summary>Rows with span 0 but 60 or 75 minutes between start and end: entered without a clock.</summary>
    public const string Placeholder = "placeholder";

    /// <summary>Run rows without good, rejected or nonconforming pieces.</summary>
    public const string RunWithoutQuantity = "run-without-quantity";

    /// <summary>Run rows with rejected but no good pieces.</summary>
    public const string RunWithRejectsOnly = "run-with-rejects-only";

    /// <summary>Run rows that end when they start.</summary>
    public const string RunWithoutLength = "run-without-length";

    /// <summary>Downtime rows that carry pieces, which are not reported.</summary>
    public const string BreakdownWithQuantity = "breakdown-with-quantity";

    /// <summary>Orders of which nothing is received into stock.</summary>
    public const string OrderWithoutReceipt = "order-without-receipt";

    /// <summary>The most rows open at one instant on one equipment (a depth, not a number of rows).</summary>
    public const string OverlapDepthMax = "overlap-depth-max";

    static readonly TimeSpan[] PlaceholderDurations = [TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(75)];

    /// <summary>Kind → number, each kind present.</summary>
    public static SortedDictionary<string, int> Count(
        IReadOnlyList<LogRow> rows, IEnumerable<OrderHistory> orders, IEnumerable<EquipmentTimeline> timelines)
    {
        var runs = rows.Where(row => row.Type == ReportType.Run).ToList();
        return new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            [ExactDuplicate] = rows.Count - rows.Select(WithoutPlace).Distinct().Count(),
            [SpanDiffers] = rows.Count(row => LogText.SpanOrNull(row.Span) != row.Duration),
            [SpanIsNoDuration] = rows.Count(row => LogText.SpanOrNull(row.Span) is null),
            [Placeholder] = rows.Count(IsPlaceholder),
            [RunWithoutQuantity] = runs.Count(row => row.Handled == 0),
            [RunWithRejectsOnly] = runs.Count(row => row.Good == 0 && row.Rejected > 0),
            [RunWithoutLength] = runs.Count(row => row.Duration == TimeSpan.Zero),
            [BreakdownWithQuantity] = rows.Count(row => !row.IsReport && row.Handled > 0),
            [OrderWithoutReceipt] = orders.Count(order => order.Received == 0),
            [OverlapDepthMax] = timelines.Max(timeline => timeline.DepthMax),
        };
    }

    static LogRow WithoutPlace(LogRow row) => row with { ClientId = "", Line = 0 };

    static bool IsPlaceholder(LogRow row) =>
        LogText.SpanOrNull(row.Span) == TimeSpan.Zero && PlaceholderDurations.Contains(row.Duration);
}
