namespace Mes.Replay.Figures;

/// <summary>Minutes by what they were spent on.</summary>
sealed record ActivityMinutes(decimal Run, decimal Setup, decimal Breakdown)
{
    /// <summary>Exact sums of durations, turned into minutes only at the end.</summary>
    public static ActivityMinutes Of(TimeSpan run, TimeSpan setup, TimeSpan breakdown) =>
        new(Minutes(run), Minutes(setup), Minutes(breakdown));

    static decimal Minutes(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerMinute;
}

/// <summary>One equipment's tiled minutes and the good pieces reported on it.</summary>
sealed record EquipmentFigures(decimal Run, decimal Setup, decimal Breakdown, decimal Good);

/// <summary>
/// The sums of a replay, either computed from the log (the truth) or read back from the services. Pieces are decimals,
/// minutes exact.
/// </summary>
sealed record ReplayFigures
{
    public required decimal Good { get; init; }

    public required decimal Rejected { get; init; }

    /// <summary>Pieces left to the material review board.</summary>
    public required decimal Nonconforming { get; init; }

    /// <summary>Nonconformances opened: one for each report with nonconforming pieces.</summary>
    public required int Nonconformances { get; init; }

    /// <summary>Reports that carry the rework flag.</summary>
    public required int ReworkReports { get; init; }

    /// <summary>Production reports, with or without quantity.</summary>
    public required int Reports { get; init; }

    /// <summary>Σ (end − start) by type, overlaps counted as often as they occur.</summary>
    public required ActivityMinutes LabourMinutes { get; init; }

    /// <summary>Σ over equipment of its tiled state intervals.</summary>
    public required ActivityMinutes EquipmentMinutes { get; init; }

    /// <summary>Pieces received into stock.</summary>
    public required decimal Received { get; init; }

    public required int ReceiptReports { get; init; }

    /// <summary>Orders whose receipts reach their quantity.</summary>
    public required int OrdersComplete { get; init; }

    public required int OrdersClosedShort { get; init; }

    /// <summary>Confirmations to the ERP: one for each production report.</summary>
    public required int Confirmations { get; init; }

    public required IReadOnlyDictionary<string, EquipmentFigures> PerEquipment { get; init; }

    /// <summary>Kind → number of discrepancies recorded.</summary>
    public required IReadOnlyDictionary<string, int> Discrepancies { get; init; }

    /// <summary>Kind → number of peculiarities of the log itself.</summary>
    public required IReadOnlyDictionary<string, int> Quirks { get; init; }
}
