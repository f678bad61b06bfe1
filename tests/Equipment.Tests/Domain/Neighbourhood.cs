using Mes.Equipment.Domain;
using Mes.Kernel;

namespace Mes.Equipment.Tests.Domain;

/// <summary>The fewest tiles that a recomputation asks for, as a query would fetch them.</summary>
static class Neighbourhood
{
    public static IEnumerable<StateTile> Of(IReadOnlyCollection<StateTile> tiles, TimeRange window) =>
        tiles.Where(tile => tile.Time.Overlaps(window))
            .Append(tiles.Where(t => t.Time.Start < window.Start).MaxBy(t => t.Time.Start))
            .Append(tiles.Where(t => t.Time.EndOrMax > window.EndOrMax).MinBy(t => t.Time.EndOrMax))
            .OfType<StateTile>()
            .Distinct();
}
