using Mes.Equipment.Domain;

namespace Mes.Equipment.Features.Figures;

/// <summary>Compares stored tiles with those of the raw records, and looks for gaps and overlaps by itself.</summary>
static class TimelineCheck
{
    public static IEnumerable<Mismatch> Of(
        string equipment, List<StateTile> stored, IReadOnlyList<StateTile> recomputed)
    {
        foreach (var (left, right) in stored.Zip(stored.Skip(1)))
            if (left.Time.EndOrMax != right.Time.Start)
                yield return new(equipment, left.Time.EndOrMax < right.Time.Start ? "gap" : "overlap", right.Time.Start,
                    $"{left.Time} {right.Time}", null);
        foreach (var tile in stored.Except(recomputed))
            yield return new(equipment, "tile-extra", tile.Time.Start, Text(tile), null);
        foreach (var tile in recomputed.Except(stored))
            yield return new(equipment, "tile-missing", tile.Time.Start, null, Text(tile));
    }

    static string Text(StateTile tile) => $"{tile.State} {tile.Time} {string.Join(' ', tile.RecordIds)}";
}
