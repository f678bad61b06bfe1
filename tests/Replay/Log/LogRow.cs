namespace Mes.Replay.Log;

/// <summary>What a row of the production log reports.</summary>
enum ReportType
{
    /// <summary>"D": work on pieces.</summary>
    Run,

    /// <summary>"S": preparing the equipment; may still yield pieces.</summary>
    Setup,

    /// <summary>"B": the equipment was down; not a production report.</summary>
    Breakdown,
}

/// <summary>One row of the log, names with white space collapsed, times in UTC, quantities in pieces (≥ 0).</summary>
sealed record LogRow
{
    /// <summary>File name and line, the identity under which the row is sent: <c>Production_Data.csv:17</c>.</summary>
    public required string ClientId { get; init; }

    /// <summary>Line of the file on which the row begins; the header is line 1.</summary>
    public required int Line { get; init; }

    public required string OrderId { get; init; }

    public required string Activity { get; init; }

    /// <summary>The equipment on which the work was really done.</summary>
    public required string Equipment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Never before <see cref="StartedAt"/>; may be equal.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The span as written, not trusted: <see cref="Duration"/> is the truth.</summary>
    public required string Span { get; init; }

    /// <summary>Pieces ordered, &gt; 0, the same in every row of the order.</summary>
    public required decimal OrderQuantity { get; init; }

    public required string Part { get; init; }

    /// <summary>Empty only in a breakdown row.</summary>
    public required string Worker { get; init; }

    public required ReportType Type { get; init; }

    public decimal Good { get; init; }

    public decimal Rejected { get; init; }

    /// <summary>Pieces left to the material review board: neither good nor rejected.</summary>
    public decimal Nonconforming { get; init; }

    public bool Rework { get; init; }

    /// <summary>EndedAt − StartedAt.</summary>
    public TimeSpan Duration => EndedAt - StartedAt;

    /// <summary>Good, rejected and nonconforming pieces together.</summary>
    public decimal Handled => Good + Rejected + Nonconforming;

    /// <summary>True for run and setup rows, which are production reports; false for downtime.</summary>
    public bool IsReport => Type != ReportType.Breakdown;
}
