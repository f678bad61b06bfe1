namespace Mes.WorkOrders.Domain;

/// <summary>What was reported on an operation, summed; counter-reports count negative.</summary>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that were set aside for Quality.</param>
/// <param name="Reworked">Pieces of all these that were worked on a second time, less those that Quality has sent to
/// it; below 0 while these are awaited.</param>
public readonly record struct Pieces(decimal Good, decimal Scrap, decimal Nonconforming, decimal Reworked)
{
    /// <summary>
    /// Pieces that are through: each once, also one that was set aside first and was good or scrap after its rework.
    /// </summary>
    public decimal Finished => Good + Scrap + WaitForQuality;

    /// <summary>Pieces set aside of which nothing more was reported.</summary>
    public decimal WaitForQuality => Math.Max(0, Nonconforming - Math.Max(0, Reworked));

    /// <summary>
    /// The pieces of one report. The sum of a correction is what Quality has sent to be reworked, negative: this
    /// rework is of pieces that are set aside no more.
    /// </summary>
    public static Pieces Of(ProductionReport report) => new(report.Good, report.Scrap, report.Nonconforming,
        report.IsRework || report.Corrects is not null ? report.Good + report.Scrap + report.Nonconforming : 0);

    /// <summary>The sum of both.</summary>
    public static Pieces operator +(Pieces a, Pieces b) =>
        new(a.Good + b.Good, a.Scrap + b.Scrap, a.Nonconforming + b.Nonconforming, a.Reworked + b.Reworked);
}
