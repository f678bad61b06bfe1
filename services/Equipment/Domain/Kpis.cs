
namespace Mes.Equipment.Domain;

/// <summary>
/// A figure as the two numbers it is made of, kept unrounded so that it can be shown, checked and drilled down.
/// </summary>
/// <param name="Numerator">Null when an input is unknown.</param>
/// <param name="Denominator">Null when an input is unknown.</param>
public readonly record struct Ratio(decimal? Numerator, decimal? Denominator)
{
    /// <summary>The one division; null, that is unknown, when an input is unknown or the denominator is zero.</summary>
    public decimal? Value => Denominator is null or 0 ? null : Numerator / Denominator;

    /// <summary>Compared without dividing.</summary>
    public bool IsAboveOne => Denominator > 0 && Numerator > Denominator;
}

/// <summary>Figures that cannot be true as they stand. They are shown with their flag, never clamped.</summary>
[Flags]
public enum KpiFlags
{
    /// <summary>Nothing contradicts itself.</summary>
    None = 0,

    /// <summary>More time was run than planned: work in breaks or overtime, or a wrong calendar.</summary>
    AvailabilityAboveOne = 1,

    /// <summary>Faster than planned: the planned time per item is too long, or run time was not reported.</summary>
    EffectivenessAboveOne = 2,

    /// <summary>More good than produced: counts contradict each other.</summary>
    QualityAboveOne = 4,

    /// <summary>A quantity is below zero: a counter-report is here before the report it counters.</summary>
    NegativeQuantity = 8,

    /// <summary>Pieces were counted and no run time: the effectiveness is unknown.</summary>
    ProducedWithoutRunTime = 16,

    /// <summary>
    /// A product was made that has no planned time per item: effectiveness, quality, OEE and NEE are those of the
    /// others, and too low by what it should have taken. The inputs name it.
    /// </summary>
    PlannedTimeUnknown = 32,
}

/// <summary>The ISO 22400-2 figures that <see cref="KpiInputs"/> gives, each computed from the inputs alone.</summary>
/// <param name="Inputs">What the figures were computed from.</param>
public sealed record KpiSet(KpiInputs Inputs)
{
    decimal? Pbt => Inputs.PlannedBusyTimeSeconds;

    decimal Apt => Inputs.ActualProductionTimeSeconds;

    /// <summary>ISO 22400 AUPT: production and setup.</summary>
    decimal Aupt => Apt + Inputs.ActualSetupTimeSeconds;

    decimal Downtime => Inputs.ActualDowntimeSeconds;

    /// <summary>A = APT / PBT.</summary>
    public Ratio Availability => new(Apt, Pbt);

    /// <summary>E = Σ(PRI·PQ) / APT: the time the produced pieces should have taken over the time they took.</summary>
    public Ratio Effectiveness => new(Inputs.PlannedTimeOfProducedSeconds, Apt);

    /// <summary>
    /// Q = Σ(PRI·GQ) / Σ(PRI·PQ): weighted by planned time, so that A·E·Q is the OEE. Of one product the weight
    /// cancels, and the ratio is known even if the planned time is not.
    /// </summary>
    public Ratio Quality => Inputs.IsOneProduct
        ? PieceQuality
        : new(Inputs.PlannedTimeOfGoodSeconds, Inputs.PlannedTimeOfProducedSeconds);

    /// <summary>ΣGQ / ΣPQ: what people count, shown beside <see cref="Quality"/>.</summary>
    public Ratio PieceQuality => new(Inputs.Good, Inputs.Produced);

    /// <summary>OEE = A·E·Q = Σ(PRI·GQ) / PBT, in one division.</summary>
    public Ratio Oee => new(Inputs.PlannedTimeOfGoodSeconds, Pbt);

    /// <summary>NEE = AUPT/PBT · E · Q: as OEE, with setup counted as available.</summary>
    public Ratio Nee => new(Aupt * Inputs.PlannedTimeOfGoodSeconds, Pbt * Apt);

    /// <summary>ΣSQ / ΣPQ.</summary>
    public Ratio ScrapRatio => new(Inputs.Scrap, Inputs.Produced);

    /// <summary>AUST / AUPT.</summary>
    public Ratio SetupRatio => new(Inputs.ActualSetupTimeSeconds, Aupt);

    /// <summary>APT / (APT + downtime).</summary>
    public Ratio TechnicalEfficiency => new(Apt, Apt + Downtime);

    /// <summary>APT / AUBT, the busy time being production, setup and downtime.</summary>
    public Ratio UtilizationEfficiency => new(Apt, Aupt + Downtime);

    /// <summary>What is impossible or doubtful in these figures.</summary>
    public KpiFlags Flags =>
        (Availability.IsAboveOne ? KpiFlags.AvailabilityAboveOne : 0)
        | (Effectiveness.IsAboveOne ? KpiFlags.EffectivenessAboveOne : 0)
        | (Quality.IsAboveOne || PieceQuality.IsAboveOne ? KpiFlags.QualityAboveOne : 0)
        | (Inputs.HasNegativeQuantity ? KpiFlags.NegativeQuantity : 0)
        | (Apt == 0 && Inputs.Produced > 0 ? KpiFlags.ProducedWithoutRunTime : 0)
        | (Inputs.HasUnplannedProduct ? KpiFlags.PlannedTimeUnknown : 0);
}
