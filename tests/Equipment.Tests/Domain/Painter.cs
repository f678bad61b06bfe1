using Mes.Equipment.Domain;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Domain;

/// <summary>
/// An oracle that shares no idea with the sweep: it looks at each minute by itself and asks which records cover it.
/// </summary>
static class Painter
{
    public static IReadOnlyList<(EquipmentState State, string Records)> Paint(
        IReadOnlyCollection<ActivityRecord> arrivals)
    {
        var minutes = Enumerable.Range(0, Arrivals.GridMinutes + 1)
            .Select(minute => Cell(arrivals, At(minute))).ToList();
        var first = minutes.FindIndex(cell => cell.State != EquipmentState.NotReported);
        var last = minutes.FindLastIndex(cell => cell.State != EquipmentState.NotReported);
        return first < 0 ? [] : minutes[first..(last + 1)];
    }

    public static IReadOnlyList<(EquipmentState State, string Records)> Read(IEnumerable<StateTile> tiles)
    {
        var all = tiles.ToList();
        return [.. from minute in Enumerable.Range(0, Arrivals.GridMinutes + 1)
            from tile in all.Where(tile => tile.Time.Contains(At(minute)))
            select (tile.State, Names(tile.RecordIds))];
    }

    static (EquipmentState State, string Records) Cell(IReadOnlyCollection<ActivityRecord> arrivals, DateTimeOffset at)
    {
        var counting = arrivals
            .Where(a => !a.IsReversed && !arrivals.Any(b => b.IsReversed && b.SourceReportId == a.SourceReportId))
            .Where(a => !a.Time.IsOngoing || !arrivals.Any(b => b.Id == a.Id && !b.Time.IsOngoing))
            .Where(a => a.Time.Start <= at && (a.Time.End is null || at < a.Time.End))
            .ToList();
        var state = counting.Select(a => a.State).DefaultIfEmpty(EquipmentState.NotReported).Max();
        return (state, Names(counting.Where(a => a.State == state).Select(a => a.Id)));
    }

    static string Names(IEnumerable<Guid> ids) => string.Join(' ', ids.Distinct().Order());
}
