using Mes.Kernel;

namespace Mes.Equipment.Domain;

/// <summary>
/// Turns the activity records of one equipment into tiles that cover its time from the first reported instant to the
/// last without gap or overlap: breakdown over setup over run over "not reported". The tiles depend on the set of
/// records only, never on the order or number of their arrivals. A record without length claims no time.
/// </summary>
public static class StateTimeline
{
    /// <summary>All tiles of one equipment, by time.</summary>
    /// <exception cref="ArgumentException">Records of several equipments, or one id with two contents.</exception>
    public static IReadOnlyList<StateTile> Tile(IEnumerable<ActivityRecord> records) =>
        Retile([], records, TimeRange.Always).Added;

    /// <summary>Recomputes one window of a timeline after records inside it came, ended or were countered.</summary>
    /// <param name="existing">
    /// The stored tiles that overlap the window, and beside it the last one that starts before it and the first one
    /// that ends after it, however far away; more do no harm.
    /// </param>
    /// <param name="records">
    /// Every record now known that overlaps the window, and the counter-reports of these; more do no harm.
    /// </param>
    /// <param name="window">Covers the time, old and new, of each record that changed.</param>
    /// <returns>The tiles to delete and to insert so that the whole equals <see cref="Tile"/> of all records.</returns>
    public static TimelineChange Retile(
        IEnumerable<StateTile> existing, IEnumerable<ActivityRecord> records, TimeRange window)
    {
        var old = existing.OrderBy(tile => tile.Time.Start).ToArray();
        var before = old.LastOrDefault(tile => tile.Time.Start < window.Start);
        var after = old.FirstOrDefault(tile => tile.Time.EndOrMax > window.EndOrMax);
        StateTile[] touched = [.. old.Where(t => t == before || t == after || t.Time.Overlaps(window))];

        var tiles = WithoutGaps(
            [
                .. PartBefore(before, window),
                .. StateSweep.Run(EffectiveRecords.Of(records), window),
                .. PartAfter(after, window),
            ]);
        DropUnreportedEdges(tiles, isFirst: before is null, isLast: after is null);
        return TimelineChange.Between(touched, tiles);
    }

    /// <summary>
    /// The timeline as people read it: touching tiles of one state become one, with all their records, each once.
    /// </summary>
    public static IReadOnlyList<StateTile> Coalesce(IEnumerable<StateTile> tiles) =>
        Join(tiles, (left, right) => left.State == right.State);

    static IEnumerable<StateTile> PartBefore(StateTile? tile, TimeRange window)
    {
        if (tile?.Time.Intersect(TimeRange.Until(DateTimeOffset.MinValue, window.Start)) is { } time)
            yield return tile with { Time = time };
    }

    static IEnumerable<StateTile> PartAfter(StateTile? tile, TimeRange window)
    {
        if (window.End is { } end && tile?.Time.Intersect(new TimeRange(end, null)) is { } time)
            yield return tile with { Time = time };
    }

    /// <summary>Fills what lies between the pieces with "not reported" and joins what says the same.</summary>
    static List<StateTile> WithoutGaps(IReadOnlyList<StateTile> pieces)
    {
        var filled = new List<StateTile>();
        foreach (var piece in pieces)
        {
            if (filled.Count > 0 && filled[^1].Time.EndOrMax < piece.Time.Start)
                filled.Add(new(EquipmentState.NotReported, new(filled[^1].Time.EndOrMax, piece.Time.Start), []));
            filled.Add(piece);
        }

        return Join(filled, (left, right) => left.SaysTheSameAs(right));
    }

    /// <summary>
    /// A timeline begins and ends with something reported. A counter-report at its edge leaves one tile "not
    /// reported" there (never two: they would have been joined), which goes with it.
    /// </summary>
    static void DropUnreportedEdges(List<StateTile> tiles, bool isFirst, bool isLast)
    {
        if (isLast && tiles is [.., { State: EquipmentState.NotReported }])
            tiles.RemoveAt(tiles.Count - 1);
        if (isFirst && tiles is [{ State: EquipmentState.NotReported }, ..])
            tiles.RemoveAt(0);
    }

    static List<StateTile> Join(IEnumerable<StateTile> tiles, Func<StateTile, StateTile, bool> belongTogether)
    {
        var joined = new List<StateTile>();
        foreach (var tile in tiles)
        {
            if (joined.Count > 0 && joined[^1].Time.EndOrMax == tile.Time.Start && belongTogether(joined[^1], tile))
                joined[^1] = Together(joined[^1], tile);
            else
                joined.Add(tile);
        }

        return joined;
    }

    static StateTile Together(StateTile left, StateTile right) => left with
    {
        Time = TimeRange.Until(left.Time.Start, right.Time.EndOrMax),
        RecordIds = left.SaysTheSameAs(right) ? left.RecordIds : [.. left.RecordIds.Union(right.RecordIds)],
    };
}
