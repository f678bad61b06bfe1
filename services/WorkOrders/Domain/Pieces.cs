namespace Mes.WorkOrders.Domain;

/// <summary>What was reported on an operation, summed; counter-reports count negative.</summary>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that were set aside for Quality.</param>
/// <param name="Reworked">Pieces of all these that were worked on a second time.</param>
public readonly record struct Pieces(decimal Good, decimal Scrap, decimal Nonconforming, decimal Reworked)
{
    /// <summary>
    /// Pieces that are through: each once, also one that was set aside first and was good or scrap after its rework.
    /// </summary>
    public decimal Finished => Good + Scrap + WaitForQuality;

    /// <summary>Pieces set aside of which nothing more was reported.</summary>
    public decimal WaitForQuality => Math.Max(0, Nonconforming - Reworked);

    /// <summary>The pieces of one report.</summary>
    public static Pieces Of(ProductionReport report) => new(report.Good, report.Scrap, report.Nonconforming,
        report.IsRework ? report.Good + report.Scrap + report.Nonconforming : 0);

    /// <summary>The sum of both.</summary>
    public static Pieces operator +(Pieces a, Pieces b) =>
        new(a.Good + b.Good, a.Scrap + b.Scrap, a.Nonconforming + b.Nonconforming, a.Reworked + b.Reworked);
}
