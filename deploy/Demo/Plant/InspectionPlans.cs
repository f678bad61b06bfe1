namespace Mes.Demo.Plant;

/// <summary>Something that is measured, as a deviation from the drawing, or looked at.</summary>
/// <param name="Code">Short name.</param>
/// <param name="Name">Name.</param>
/// <param name="Tolerance">Either way, mm; null where it is looked at.</param>
sealed record Characteristic(string Code, string Name, decimal? Tolerance)
{
    // Warnings at three quarters of the tolerance
    public object Definition => Tolerance is { } limit
        ? new
        {
            code = Code, name = Name, type = "Variable", unit = "mm", nominal = 0m, lowerLimit = -limit, upperLimit = limit,
            lowerWarning = -limit * 0.75m, upperWarning = limit * 0.75m,
        }
        : new { code = Code, name = Name, type = "Attribute" };
}

/// <summary>What is inspected after a step.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Kind">First article, in process or final.</param>
/// <param name="Step">The step.</param>
/// <param name="Samples">Pieces of each report.</param>
/// <param name="Characteristics">What is looked at.</param>
sealed record InspectionPlan(
    string Code, string Name, string Kind, string Step, int Samples, IReadOnlyList<Characteristic> Characteristics)
{
    /// <summary>Whether only the first report of an order is inspected.</summary>
    public bool IsOnce => Kind == "FirstArticle";

    /// <summary>Whether whoever reports the pieces checks them at the terminal.</summary>
    public bool IsSelf => Kind == "InProcess";

    public object Definition => new
    {
        name = Name, kind = Kind, trigger = IsOnce ? "FirstReport" : "EveryReport", holdsLot = Kind == "Final",
        sampling = new { rule = "Fixed", size = Samples }, characteristics = Characteristics.Select(known => known.Definition),
        operation = Step, isActive = true, isSelfInspection = IsSelf,
    };
}

/// <summary>The inspection plans, for all products.</summary>
static class InspectionPlans
{
    static readonly Characteristic Visual = new("VISUAL", "Burrs and marks · 毛刺与磕碰", null);

    public static IReadOnlyList<InspectionPlan> All { get; } =
    [
        new("IP-FIRST-TURN", "First article turning · 车削首件", "FirstArticle", "TURN", 2,
            [new("LENGTH", "Length · 长度", 0.1m), new("DIAMETER", "Diameter · 直径", 0.05m), Visual]),
        new("IP-GRIND", "Grinding check · 磨削自检", "InProcess", "GRIND-OD", 3,
            [new("DIAMETER", "Ground diameter · 外圆直径", 0.008m), new("RUNOUT", "Runout · 跳动", 0.01m)]),
        new("IP-FINAL", "Final inspection · 终检", "Final", "INSPECT", 3,
            [new("RUNOUT", "Total runout · 全跳动", 0.012m), new("LENGTH", "Length · 长度", 0.1m), Visual]),
    ];

    /// <summary>The plan of this code.</summary>
    public static InspectionPlan Of(string code) => All.First(plan => plan.Code == code);
}
