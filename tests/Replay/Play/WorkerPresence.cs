namespace Mes.Replay.Play;

/// <summary>
/// When a worker was there: from the start of their first report to the end of their last, signed on where they began.
/// </summary>
sealed record WorkerPresence(string Worker, string Station, DateTimeOffset SignedOnAt, DateTimeOffset SignedOffAt)
{
    /// <summary>One for each worker who reported production, by name; none for those who saw downtime only.</summary>
    public static IReadOnlyList<WorkerPresence> Of(IEnumerable<LogRow> rows) =>
    [
        .. from row in rows
           where row.IsReport
           group row by row.Worker into reports
           orderby reports.Key
           let first = reports.OrderBy(row => row.StartedAt).ThenBy(row => row.Equipment, StringComparer.Ordinal).First()
           select new WorkerPresence(
               reports.Key, first.Equipment, first.StartedAt, reports.Max(row => row.EndedAt)),
    ];
}
