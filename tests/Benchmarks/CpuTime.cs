namespace Mes.Benchmarks;

/// <summary>Processor time, user and system.</summary>
/// <param name="OwnMs">Of this process, milliseconds.</param>
/// <param name="PostgresMs">Of the benchmark's PostgreSQL, milliseconds; NaN where the system has no /proc.</param>
sealed record CpuTime(double OwnMs, double PostgresMs)
{
    /// <summary>The server's main process.</summary>
    public static int PostgresId { get; set; }

    /// <summary>All that was spent so far.</summary>
    public static CpuTime Now() => new(Environment.CpuUsage.TotalTime.TotalMilliseconds,
        ProcessTimes.AreKnown
            ? ProcessTimes.All().Where(process => process.Parent == PostgresId).Sum(process => process.Ms)
            : double.NaN);

    /// <summary>What was spent since then, per call.</summary>
    public static CpuTime Since(CpuTime then, int calls)
    {
        var now = Now();
        return new CpuTime((now.OwnMs - then.OwnMs) / calls, (now.PostgresMs - then.PostgresMs) / calls);
    }

    /// <summary>The median of each figure.</summary>
    public static CpuTime Median(IReadOnlyCollection<CpuTime> times) => new(
        Load.Quantile(times.Select(t => t.OwnMs), 0.5), Load.Quantile(times.Select(t => t.PostgresMs), 0.5));

    /// <summary>For a table: this process and PostgreSQL.</summary>
    public override string ToString() => $"{Load.Text(OwnMs)} .NET + {Load.Text(PostgresMs)} PostgreSQL";
}
