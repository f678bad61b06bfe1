namespace Mes.Demo.Plant;

/// <summary>A machine or bench.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="WorkCenter">Code of its work center.</param>
sealed record Unit(string Code, string Name, string WorkCenter);

/// <summary>Where one operator works: the units that they mind.</summary>
/// <param name="Units">Codes; the first is where they sign on.</param>
/// <param name="Day">Code of the person by day.</param>
/// <param name="Night">Code of the person by night.</param>
sealed record Post(IReadOnlyList<string> Units, string Day, string Night)
{
    public string PersonOf(Shift shift) => shift.IsNight ? Night : Day;
}

/// <summary>A downtime reason; those without parent are headings.</summary>
sealed record Reason(string Code, string? ParentCode, string NameEn, string NameZh);

/// <summary>The machines, and who minds them.</summary>
static class Floor
{
    public const string Site = "PLANT-1";
    public const string Calendar = "TWO-SHIFTS";
    public const string Cmm = "Q-403";
    public const string Bench = "A-402";
    public const string Furnace = "H-401";

    /// <summary>Code, name and area of the work centers, in the order of the work.</summary>
    public static IReadOnlyList<(string Code, string Name, string Area)> WorkCenters { get; } =
    [
        ("TURNING", "Turning · 车削", "MACHINING"), ("MILLING", "Milling · 铣削", "MACHINING"),
        ("GRINDING", "Grinding · 磨削", "MACHINING"), ("FINISHING", "Finishing · 精整", "ASSEMBLY"),
    ];

    /// <summary>By code within the work centers.</summary>
    public static IReadOnlyList<Unit> Units { get; } =
    [
        new("T-101", "CNC lathe 1 · 数控车床1", "TURNING"), new("T-102", "CNC lathe 2 · 数控车床2", "TURNING"),
        new("T-103", "Turn-mill center · 车铣复合", "TURNING"),
        new("M-201", "Machining center 1 · 加工中心1", "MILLING"), new("M-202", "Machining center 2 · 加工中心2", "MILLING"),
        new("M-203", "Deep-hole drill · 深孔钻", "MILLING"),
        new("G-301", "Cylindrical grinder 1 · 外圆磨床1", "GRINDING"),
        new("G-302", "Cylindrical grinder 2 · 外圆磨床2", "GRINDING"), new("G-303", "Thread grinder · 螺纹磨床", "GRINDING"),
        new(Furnace, "Induction hardening · 感应淬火", "FINISHING"), new(Bench, "Assembly and balancing · 装配动平衡", "FINISHING"),
        new(Cmm, "Measuring room · 测量室", "FINISHING"),
    ];

    /// <summary>The posts of a shift.</summary>
    public static IReadOnlyList<Post> Posts { get; } =
    [
        new(["T-101", "T-102"], "P-101", "P-102"), new(["T-103"], "P-103", "P-104"),
        new(["M-201", "M-202"], "P-105", "P-106"), new(["M-203"], "P-107", "P-108"),
        new(["G-301", "G-302"], "P-109", "P-110"), new(["G-303"], "P-111", "P-112"),
        new([Furnace, Bench], "P-113", "P-114"), new([Cmm], "P-115", "P-116"),
    ];

    /// <summary>The post that a unit belongs to.</summary>
    public static Post PostOf(string unit) => Posts.First(post => post.Units.Contains(unit));

    /// <summary>The tree, in the order in which screens show it.</summary>
    public static IReadOnlyList<Reason> Reasons { get; } =
    [
        new("MECHANICAL", null, "Mechanical failure", "机械故障"),
        new("SPINDLE", "MECHANICAL", "Spindle", "主轴故障"), new("TOOL-CHANGER", "MECHANICAL", "Tool changer", "刀库故障"),
        new("COOLANT", "MECHANICAL", "Coolant supply", "冷却液故障"),
        new("ELECTRICAL", null, "Electrical failure", "电气故障"),
        new("DRIVE", "ELECTRICAL", "Drive", "驱动故障"), new("SENSOR", "ELECTRICAL", "Sensor", "传感器故障"),
        new("TOOLING", null, "Tooling", "刀具与工装"),
        new("TOOL-BREAK", "TOOLING", "Broken tool", "刀具断裂"), new("WHEEL-DRESSING", "TOOLING", "Wheel dressing", "砂轮修整"),
        new("ORGANISATION", null, "Organisation", "组织原因"),
        new("NO-MATERIAL", "ORGANISATION", "Waiting for material", "等待物料"),
        new("NO-OPERATOR", "ORGANISATION", "No operator", "缺少人员"),
        new("WAIT-QUALITY", "ORGANISATION", "Waiting for quality", "等待检验"),
    ];

    /// <summary>What a unit stops for, frequent reasons more than once: a grinder has no tool changer.</summary>
    public static IReadOnlyList<string> StopReasonsOf(string unit) => unit[0] switch
    {
        'T' or 'M' => ["TOOL-BREAK", "TOOL-BREAK", "TOOL-BREAK", "TOOL-CHANGER", "COOLANT", "SPINDLE", .. Anywhere],
        'G' => ["WHEEL-DRESSING", "WHEEL-DRESSING", "WHEEL-DRESSING", "COOLANT", "SPINDLE", .. Anywhere],
        'H' => ["COOLANT", "COOLANT", "DRIVE", .. Anywhere],
        _ => Anywhere,
    };

    static readonly string[] Anywhere = ["SENSOR", "SENSOR", "DRIVE", "NO-OPERATOR", "NO-MATERIAL", "WAIT-QUALITY"];

    /// <summary>Why pieces are rejected.</summary>
    public static IReadOnlyList<string> ScrapReasons { get; } =
    [
        "diameter undersize · 直径过小", "surface finish · 表面粗糙度", "chatter marks · 振纹", "runout · 跳动超差",
        "crack after hardening · 淬火裂纹", "tool break · 断刀",
    ];
}
