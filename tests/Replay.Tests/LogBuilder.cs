namespace Mes.Replay.Tests;

/// <summary>Short logs for tests: one day, one order unless said otherwise, minutes from midnight.</summary>
static class LogBuilder
{
    public const string Header =
        "Case ID,Activity,Resource,Start Timestamp,Complete Timestamp,Span,Work Order Qty,Part Desc.,Worker ID,"
        + "Report Type,Qty Completed,Qty Rejected,Qty for MRB,Rework";

    static readonly DateTimeOffset Midnight = new(2031, 5, 6, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Minute(int minute) => Midnight.AddMinutes(minute);

    public static LogRow Row(string activity, int start, int end, decimal good = 0, int line = 2) => new()
    {
        ClientId = $"log.csv:{line}",
        Line = line,
        OrderId = "Order A",
        Activity = activity,
        Equipment = $"{activity} cell",
        StartedAt = Minute(start),
        EndedAt = Minute(end),
        Span = $"{(end - start) / 60:000}:{(end - start) % 60:00}",
        OrderQuantity = 10,
        Part = "Bracket",
        Worker = "W1",
        Type = ReportType.Run,
        Good = good,
    };

    /// <summary>Reads a header and the given lines; the first line is line 2.</summary>
    public static LogReading Read(params string[] lines) => ReadText(string.Join('\n', [Header, .. lines]));

    public static LogReading ReadText(string text) => LogReader.Read(new StringReader(text), "log.csv");
}
