using System.Collections.Frozen;

namespace Mes.Kernel;

/// <summary>A unit of measure.</summary>
/// <param name="Code">Code, as it travels with quantities.</param>
/// <param name="Name">Name to show.</param>
public sealed record UnitOfMeasure(string Code, string Name);

/// <summary>
/// The units that a product, a component or a material may be given. Quantities are never converted: one in another unit
/// than the material's is refused.
/// </summary>
public static class UnitsOfMeasure
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<UnitOfMeasure> All { get; } =
    [
        new("pcs", "piece"), new("pc", "piece"), new("ea", "each"), new("set", "set"), new("pair", "pair"),
        new("box", "box"), new("roll", "roll"), new("sheet", "sheet"),
        new("kg", "kilogram"), new("g", "gram"), new("mg", "milligram"), new("t", "tonne"),
        new("m", "metre"), new("mm", "millimetre"), new("cm", "centimetre"), new("km", "kilometre"),
        new("m2", "square metre"), new("m3", "cubic metre"), new("l", "litre"), new("ml", "millilitre"),
        new("h", "hour"), new("kWh", "kilowatt hour")
    ];

    /// <summary>What a unit must be, for people to read.</summary>
    public static string Hint { get; } = $"Use one of these units: {string.Join(", ", All.Select(unit => unit.Code))}.";

    static readonly FrozenSet<string> Known = All.Select(unit => unit.Code).ToFrozenSet();

    /// <summary>Whether there is such a unit; codes are case-sensitive.</summary>
    public static bool IsKnown(string code) => Known.Contains(code);
}
