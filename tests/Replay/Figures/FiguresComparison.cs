namespace Mes.Replay.Figures;

/// <summary>One figure as measured and as it should be.</summary>
sealed record FigureComparison(string Name, decimal Measured, decimal True)
{
    // Minutes are sixtieths: two exact sums may end in different last digits. Pieces have six decimals at most.
    const decimal Tolerance = 0.000_001m;

    public bool IsEqual => Math.Abs(Measured - True) < Tolerance;
}

/// <summary>Sets measured figures against the true ones, sum by sum and machine by machine.</summary>
static class FiguresComparison
{
    /// <summary>Every figure of either side; one that a side lacks is 0 there.</summary>
    public static IReadOnlyList<FigureComparison> Compare(ReplayFigures measured, ReplayFigures truth)
    {
        var (left, right) = (Flatten(measured), Flatten(truth));
        return
        [
            .. right.Keys.Union(left.Keys)
                .Select(name => new FigureComparison(
                    name, left.GetValueOrDefault(name), right.GetValueOrDefault(name))),
        ];
    }

    /// <summary>All figures by name, in the order of the JSON.</summary>
    public static OrderedDictionary<string, decimal> Flatten(ReplayFigures figures)
    {
        var flat = new OrderedDictionary<string, decimal>(StringComparer.Ordinal)
        {
            ["good"] = figures.Good,
            ["rejected"] = figures.Rejected,
            ["nonconforming"] = figures.Nonconforming,
            ["nonconformances"] = figures.Nonconformances,
            ["reworkReports"] = figures.ReworkReports,
            ["reports"] = figures.Reports,
            ["labourMinutes.run"] = figures.LabourMinutes.Run,
            ["labourMinutes.setup"] = figures.LabourMinutes.Setup,
            ["labourMinutes.breakdown"] = figures.LabourMinutes.Breakdown,
            ["equipmentMinutes.run"] = figures.EquipmentMinutes.Run,
            ["equipmentMinutes.setup"] = figures.EquipmentMinutes.Setup,
            ["equipmentMinutes.breakdown"] = figures.EquipmentMinutes.Breakdown,
            ["received"] = figures.Received,
            ["receiptReports"] = figures.ReceiptReports,
            ["ordersComplete"] = figures.OrdersComplete,
            ["ordersClosedShort"] = figures.OrdersClosedShort,
            ["confirmations"] = figures.Confirmations,
        };
        foreach (var (name, equipment) in figures.PerEquipment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Add(flat, name, equipment);
        AddCounts(flat, "discrepancies", figures.Discrepancies);
        AddCounts(flat, "quirks", figures.Quirks);
        return flat;
    }

    static void Add(OrderedDictionary<string, decimal> flat, string name, EquipmentFigures equipment)
    {
        flat[$"{name}.run"] = equipment.Run;
        flat[$"{name}.setup"] = equipment.Setup;
        flat[$"{name}.breakdown"] = equipment.Breakdown;
        flat[$"{name}.good"] = equipment.Good;
    }

    static void AddCounts(
        OrderedDictionary<string, decimal> flat, string group, IReadOnlyDictionary<string, int> counts)
    {
        foreach (var (kind, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            flat[$"{group}.{kind}"] = count;
    }
}
