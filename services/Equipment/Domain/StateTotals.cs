using Mes.Kernel;

namespace Mes.Equipment.Domain;

/// <summary>Time spent per state; sums of tiles, so that totals of parts add up to the total of the whole.</summary>
public sealed record StateTotals(TimeSpan Run, TimeSpan Setup, TimeSpan Breakdown, TimeSpan NotReported)
{
    /// <summary>No time in any state: where a sum begins.</summary>
    public static readonly StateTotals Zero = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Run, setup and breakdown together: the time somebody accounted for.</summary>
    public TimeSpan Reported => Run + Setup + Breakdown;

    /// <summary>Adds state by state, as for two equipments or two shifts.</summary>
    public static StateTotals operator +(StateTotals a, StateTotals b) =>
        new(a.Run + b.Run, a.Setup + b.Setup, a.Breakdown + b.Breakdown, a.NotReported + b.NotReported);

    /// <summary>Adds up the tiles of one equipment as far as they lie within the window.</summary>
    /// <exception cref="InvalidOperationException">A tile is ongoing and the window has no end to clip it.</exception>
    public static StateTotals Within(IEnumerable<StateTile> tiles, TimeRange window)
    {
        var lengths = new TimeSpan[4];
        foreach (var tile in tiles)
            if (tile.Time.Intersect(window) is { } inside)
                lengths[(int)tile.State] += inside.Length;
        return new(
            Run: lengths[(int)EquipmentState.Run],
            Setup: lengths[(int)EquipmentState.Setup],
            Breakdown: lengths[(int)EquipmentState.Breakdown],
            NotReported: lengths[(int)EquipmentState.NotReported]);
    }
}
