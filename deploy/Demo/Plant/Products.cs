namespace Mes.Demo.Plant;

/// <summary>A step of a routing.</summary>
/// <param name="Code">Short name.</param>
/// <param name="Equipment">Codes of the units that can do it; the first is preferred.</param>
/// <param name="SetupMinutes">Setup.</param>
/// <param name="MinutesPerPiece">Run time per piece.</param>
/// <param name="Family">Setup family.</param>
sealed record Step(string Code, IReadOnlyList<string> Equipment, int SetupMinutes, double MinutesPerPiece, string Family)
{
    /// <summary>The fixture that it needs, or null.</summary>
    public string? Fixture { get; init; }

    /// <summary>Whether it takes the bought parts; the first step takes the bar.</summary>
    public bool IsAssembly => Equipment.Contains(Floor.Bench);

    /// <summary>Whether it ends the order.</summary>
    public bool IsLast => Equipment.Contains(Floor.Cmm);
}

/// <summary>A part of a bill of materials.</summary>
sealed record Component(string Material, decimal PerPiece, string Unit);

/// <summary>What the plant makes.</summary>
/// <param name="Code">Code of the product and of its routing.</param>
/// <param name="Name">Name.</param>
/// <param name="Bar">The bar it is turned from.</param>
/// <param name="Parts">Bought parts.</param>
/// <param name="Steps">The routing.</param>
sealed record Product(
    string Code, string Name, Component Bar, IReadOnlyList<Component> Parts, IReadOnlyList<Step> Steps)
{
    /// <summary>Whether it is a ball screw, not a spindle shaft.</summary>
    public bool IsScrew => Code.StartsWith("BS", StringComparison.Ordinal);

    /// <summary>What it looks like, PNG.</summary>
    public byte[] Picture()
    {
        var name = $"Mes.Demo.Plant.Pictures.{(IsScrew ? "ball-screw" : "spindle-shaft")}.png";
        using var picture = typeof(Product).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        picture.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>What a step uses up: the first one the bar, the assembly the bought parts.</summary>
    public IEnumerable<Component> UsedAt(Step step) => step == Steps[0] ? [Bar] : step.IsAssembly ? Parts : [];
}

/// <summary>A material that is bought.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Location">Where it is kept.</param>
sealed record Material(string Code, string Name, string Unit, string Location);

/// <summary>The two product families: ball screws and spindle shafts.</summary>
static class Products
{
    /// <summary>The revision of every routing.</summary>
    public const string Revision = "A";

    /// <summary>The fixtures: code, name and how many there are.</summary>
    public static IReadOnlyList<(string Code, string Name, int Count)> Fixtures { get; } =
    [
        ("FX-STEADY", "Steady rest · 中心架", 3), ("FX-MILL", "Milling fixture · 铣夹具", 2),
        ("FX-THREAD", "Thread-grinding arbor · 螺纹磨芯轴", 2), ("FX-BALANCE", "Balancing adapter · 动平衡接杆", 1),
    ];

    /// <summary>Code, name and kind of the locations.</summary>
    public static IReadOnlyList<(string Code, string Name, string Kind)> Locations { get; } =
    [
        ("BAR-RACK", "Bar rack · 棒料架", "Storage"), ("PARTS", "Bought parts · 外购件库", "Storage"),
        ("LINE-ASSY", "Line side assembly · 装配线边", "LineSide"), ("BLOCKED", "Quarantine · 待处理区", "Quarantine"),
    ];

    /// <summary>What is bought.</summary>
    public static IReadOnlyList<Material> Materials { get; } =
    [
        new("BAR-CF53-20", "Round bar Cf53 ⌀20 · 圆钢", "m", "BAR-RACK"),
        new("BAR-CF53-25", "Round bar Cf53 ⌀25 · 圆钢", "m", "BAR-RACK"),
        new("BAR-CF53-40", "Round bar Cf53 ⌀40 · 圆钢", "m", "BAR-RACK"),
        new("BAR-42CR-70", "Round bar 42CrMo4 ⌀70 · 圆钢", "m", "BAR-RACK"),
        new("BAR-42CR-90", "Round bar 42CrMo4 ⌀90 · 圆钢", "m", "BAR-RACK"),
        new("NUT-20", "Ball nut 20 · 滚珠螺母", "pcs", "PARTS"), new("NUT-25", "Ball nut 25 · 滚珠螺母", "pcs", "PARTS"),
        new("NUT-40", "Ball nut 40 · 滚珠螺母", "pcs", "PARTS"), new("BALL-3175", "Steel ball 3.175 · 钢球", "pcs", "PARTS"),
        new("DRAWBAR-30", "Draw bar 30 · 拉杆", "pcs", "PARTS"), new("DRAWBAR-40", "Draw bar 40 · 拉杆", "pcs", "PARTS"),
        new("DRAWBAR-E40", "Draw bar E40 · 拉杆", "pcs", "PARTS"), new("KEY-SET", "Drive key set · 传动键", "set", "PARTS"),
    ];

    /// <summary>Of the last there are too few draw bars.</summary>
    public static IReadOnlyList<Product> All { get; } =
    [
        Plain("BS-1605", "Ball screw shaft 16×5 · 滚珠丝杠轴", Bar("BAR-CF53-20", 0.62m)),
        Screw("BS-2005", "Ball screw 20×5 · 滚珠丝杠", Bar("BAR-CF53-25", 0.85m), "NUT-20", 1.0),
        Screw("BS-2510", "Ball screw 25×10 · 滚珠丝杠", Bar("BAR-CF53-40", 1.05m), "NUT-25", 1.1),
        Screw("BS-4010", "Ball screw 40×10 · 滚珠丝杠", Bar("BAR-CF53-40", 1.4m), "NUT-40", 1.25),
        Shaft("SP-30", "Spindle shaft BT30 · 主轴", Bar("BAR-42CR-70", 0.38m), "DRAWBAR-30", 0.9),
        Shaft("SP-40", "Spindle shaft BT40 · 主轴", Bar("BAR-42CR-90", 0.46m), "DRAWBAR-40", 1.0),
        Shaft("SP-A63", "Spindle shaft HSK-A63 · 主轴", Bar("BAR-42CR-90", 0.52m), "DRAWBAR-40", 1.15),
        Shaft("SP-E40", "Spindle shaft HSK-E40 · 主轴", Bar("BAR-42CR-70", 0.35m), "DRAWBAR-E40", 0.95),
    ];

    /// <summary>The product of this code.</summary>
    public static Product Of(string code) => All.First(product => product.Code == code);

    static Component Bar(string material, decimal metres) => new(material, metres, "m");

    static Step Turn(string family, double factor) =>
        new("TURN", ["T-101", "T-102", "T-103"], 40, 7.6 * factor, family) { Fixture = "FX-STEADY" };

    static Step Harden(string family) => new("HARDEN", [Floor.Furnace], 15, 2.2, family);

    static Step GrindOutside(string family, double factor) =>
        new("GRIND-OD", ["G-301", "G-302"], 35, 5.6 * factor, family);

    static Step Inspect(string family) => new("INSPECT", [Floor.Cmm], 8, 2.6, family);

    static Product Plain(string code, string name, Component bar) => new(code, name, bar, [],
        [Turn("BAR-SMALL", 0.9), Harden("SCREW"), Thread("SCREW", 1), Inspect("SCREW")]);

    static Step Thread(string family, double factor) =>
        new("GRIND-THREAD", ["G-303", "G-302"], 45, 6.6 * factor, family) { Fixture = "FX-THREAD" };

    static Product Screw(string code, string name, Component bar, string nut, double factor) => new(
        code, name, bar, [new(nut, 1, "pcs"), new("BALL-3175", 72, "pcs")],
        [
            Turn(factor > 1 ? "BAR-LARGE" : "BAR-SMALL", factor),
            new("MILL-ENDS", ["M-201", "M-203"], 30, 4.4 * factor, "SCREW") { Fixture = "FX-MILL" },
            Harden("SCREW"), GrindOutside("SCREW", factor * 0.9), Thread("SCREW", factor),
            new("ASSEMBLE", [Floor.Bench], 10, 2.9 * factor, "NUT"), Inspect("SCREW"),
        ]);

    static Product Shaft(string code, string name, Component bar, string drawBar, double factor) => new(
        code, name, bar, [new(drawBar, 1, "pcs"), new("KEY-SET", 1, "set")],
        [
            Turn("BAR-LARGE", factor),
            new("MILL", ["M-201", "M-202"], 35, 6.8 * factor, "SHAFT") { Fixture = "FX-MILL" },
            new("DRILL", ["M-203", "M-202"], 25, 5.2 * factor, "SHAFT"),
            Harden("SHAFT"), GrindOutside("SHAFT", factor * 1.2),
            new("BALANCE", [Floor.Bench], 12, 2.8, "ROTOR") { Fixture = "FX-BALANCE" }, Inspect("SHAFT"),
        ]);
}
