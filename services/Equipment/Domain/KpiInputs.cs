namespace Mes.Equipment.Domain;

/// <summary>What was made of one product.</summary>
/// <param name="Product">Code of the product.</param>
/// <param name="PlannedRunTimePerItemSeconds">ISO 22400 PRI as the routing gave it, above 0; null if unknown.</param>
/// <param name="Produced">ISO 22400 PQ: good, scrap and nonconforming pieces together.</param>
/// <param name="Good">ISO 22400 GQ.</param>
/// <param name="Scrap">ISO 22400 SQ.</param>
/// <exception cref="ArgumentOutOfRangeException">The planned time per item is known and not above 0.</exception>
public sealed record ProductOutput(
    string Product,
    decimal? PlannedRunTimePerItemSeconds,
    decimal Produced,
    decimal Good,
    decimal Scrap)
{
    /// <summary>Seconds per piece, above 0, or null if unknown.</summary>
    public decimal? PlannedRunTimePerItemSeconds { get; } = PlannedRunTimePerItemSeconds <= 0
        ? throw new ArgumentOutOfRangeException(
            nameof(PlannedRunTimePerItemSeconds), PlannedRunTimePerItemSeconds, "Must be above 0, or null if unknown.")
        : PlannedRunTimePerItemSeconds;

    /// <summary>PRI · quantity; nothing takes no time, even when the time per piece is unknown.</summary>
    internal decimal? PlannedSecondsOf(decimal quantity) => quantity == 0 ? 0 : PlannedRunTimePerItemSeconds * quantity;

    internal bool IsNothing => Produced == 0 && Good == 0 && Scrap == 0;
}

/// <summary>
/// The measured and planned amounts of one equipment and time, or of a sum of them: stored as given, from which
/// every figure is computed. Larger units are sums of inputs, never averages of ratios.
/// </summary>
/// <param name="PlannedBusyTimeSeconds">ISO 22400 PBT; null where no calendar says, 0 outside of shifts.</param>
/// <param name="ActualProductionTimeSeconds">ISO 22400 APT: state run.</param>
/// <param name="ActualSetupTimeSeconds">ISO 22400 AUST: state setup.</param>
/// <param name="ActualDowntimeSeconds">ISO 22400 actual unit delay time: state breakdown.</param>
/// <param name="Products">What was made.</param>
public sealed record KpiInputs(
    decimal? PlannedBusyTimeSeconds,
    decimal ActualProductionTimeSeconds,
    decimal ActualSetupTimeSeconds,
    decimal ActualDowntimeSeconds,
    IReadOnlyList<ProductOutput> Products)
{
    /// <summary>Nothing planned, spent or made: PBT is 0, not unknown.</summary>
    public static readonly KpiInputs Zero = new(0, 0, 0, 0, []);

    /// <summary>ISO 22400 PQ over all products; below 0 while a counter-report waits for its report.</summary>
    public decimal Produced => Products.Sum(product => product.Produced);

    /// <summary>ISO 22400 GQ over all products; below 0 while a counter-report waits for its report.</summary>
    public decimal Good => Products.Sum(product => product.Good);

    /// <summary>ISO 22400 SQ over all products; below 0 while a counter-report waits for its report.</summary>
    public decimal Scrap => Products.Sum(product => product.Scrap);

    /// <summary>Σ(PRI·PQ) in seconds over the products whose planned time is known; null when it is of none.</summary>
    public decimal? PlannedTimeOfProducedSeconds => SumKnown(p => p.PlannedSecondsOf(p.Produced));

    /// <summary>Σ(PRI·GQ) in seconds over the products whose planned time is known; null when it is of none.</summary>
    public decimal? PlannedTimeOfGoodSeconds => SumKnown(p => p.PlannedSecondsOf(p.Good));

    internal bool IsOneProduct =>
        Products.Where(p => !p.IsNothing).DistinctBy(p => (p.Product, p.PlannedRunTimePerItemSeconds)).Count() == 1;

    internal bool HasUnplannedProduct =>
        Products.Any(p => !p.IsNothing && p.PlannedRunTimePerItemSeconds is null);

    internal bool HasNegativeQuantity =>
        Products.Any(p => p.Produced < 0 || p.Good < 0 || p.Scrap < 0);

    /// <summary>The inputs that a time of one equipment gives.</summary>
    public static KpiInputs Of(StateTotals states, TimeSpan? plannedBusyTime, IReadOnlyList<ProductOutput> products) =>
        new(Seconds(plannedBusyTime), Seconds(states.Run), Seconds(states.Setup), Seconds(states.Breakdown), products);

    /// <summary>Inputs of a larger unit: shift to day, machine to plant. An unknown PBT makes it unknown.</summary>
    public static KpiInputs Sum(IEnumerable<KpiInputs> parts)
    {
        var all = parts.ToArray();
        return new(
            all.Aggregate((decimal?)0, (sum, part) => sum + part.PlannedBusyTimeSeconds),
            all.Sum(part => part.ActualProductionTimeSeconds),
            all.Sum(part => part.ActualSetupTimeSeconds),
            all.Sum(part => part.ActualDowntimeSeconds),
            SumPerProduct(all.SelectMany(part => part.Products)));
    }

    // The planned time may differ between equipments and routing versions: each keeps its own row.
    static IReadOnlyList<ProductOutput> SumPerProduct(IEnumerable<ProductOutput> products) =>
        [.. products.GroupBy(p => (p.Product, p.PlannedRunTimePerItemSeconds)).Select(same => new ProductOutput(
            same.Key.Product,
            same.Key.PlannedRunTimePerItemSeconds,
            same.Sum(p => p.Produced),
            same.Sum(p => p.Good),
            same.Sum(p => p.Scrap)))];

    /// <summary>One product nobody planned must not take the figure from all others: it is flagged instead.</summary>
    decimal? SumKnown(Func<ProductOutput, decimal?> secondsOf)
    {
        var made = Products.Where(product => !product.IsNothing).Select(secondsOf).ToArray();
        return made.Length > 0 && made.All(seconds => seconds is null) ? null : made.Sum();
    }

    static decimal Seconds(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerSecond;

    static decimal? Seconds(TimeSpan? time) => time is { } known ? Seconds(known) : null;
}
