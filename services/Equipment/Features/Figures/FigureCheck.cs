using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;

namespace Mes.Equipment.Features.Figures;

/// <summary>
/// Compares the stored figures of a unit with those of the raw records, computed in memory and not by the statements
/// that computed the stored ones.
/// </summary>
sealed class FigureCheck(RawUnit raw, IReadOnlyList<StateTile> timeline, ShiftCalendar calendar, DateTimeOffset now)
{
    readonly ILookup<DateTimeOffset, RawPieces> _piecesByShift = ByShift(raw.Pieces, calendar);
    readonly Dictionary<DateTimeOffset, FigureRow> _stored = raw.Figures.ToDictionary(figure => figure.Time.Start);

    public int Compared { get; private set; }

    public int Pending { get; private set; }

    public IEnumerable<Mismatch> Run()
    {
        var shifts = PastShifts().ToArray();
        foreach (var shift in shifts)
            if (Check(shift) is { } mismatch)
                yield return mismatch;
        foreach (var extra in _stored.Values.ExceptBy(shifts.Select(shift => shift.Time.Start), row => row.Time.Start))
            if (!IsPending(extra.Time))
                yield return new(raw.Equipment, "figure-extra", extra.Time.Start, extra.Shift, null);
    }

    Mismatch? Check(Shift shift)
    {
        if (IsPending(shift.Time))
        {
            Pending++;
            return null;
        }
        Compared++;
        var states = StateTotals.Within(TilesOf(shift.Time), shift.Time);
        var inputs = KpiInputs.Of(states, shift.PlannedBusyTime, Products(shift));
        var stored = _stored.GetValueOrDefault(shift.Time.Start);
        if (stored is null)
            return ShiftInputs.AreIdle(inputs) ? null : Differs("figure-missing", shift, null, inputs);
        var isSame = (stored.Shift, stored.Time) == (shift.Id, shift.Time)
            && ShiftInputs.AreSame(stored.Inputs, inputs) && stored.Stored == StoredKpis.Of(inputs);
        return isSame ? null : Differs("figure-differs", shift, stored, inputs);
    }

    Mismatch Differs(string kind, Shift shift, FigureRow? stored, KpiInputs recomputed) => new(
        raw.Equipment, kind, shift.Time.Start,
        stored is null ? null : $"{stored.Shift} {Text(stored.Inputs)} {stored.Stored}",
        $"{shift.Id} {Text(recomputed)} {StoredKpis.Of(recomputed)}");

    static string Text(KpiInputs inputs) => $"{inputs} {string.Join(' ', inputs.Products)}";

    bool IsPending(TimeRange shift) => raw.Dirty.Exists(window => window.Overlaps(shift));

    /// <summary>The shifts that are over, from the first tile, report or stored figure on.</summary>
    IEnumerable<Shift> PastShifts()
    {
        var starts = timeline.Take(1).Select(tile => tile.Time.Start)
            .Concat(raw.Pieces.Select(pieces => pieces.At)).Concat(_stored.Keys).DefaultIfEmpty(now);
        var first = starts.Min();
        return first >= now
            ? []
            : calendar.ShiftsWithin(new TimeRange(first, now)).Where(shift => shift.Time.End <= now);
    }

    IEnumerable<StateTile> TilesOf(TimeRange window)
    {
        var (low, high) = (0, timeline.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (timeline[middle].Time.EndOrMax > window.Start)
                high = middle;
            else
                low = middle + 1;
        }
        return timeline.Skip(low).TakeWhile(tile => tile.Time.Start < window.EndOrMax);
    }

    ProductOutput[] Products(Shift shift) =>
        [.. _piecesByShift[shift.Time.Start]
            .GroupBy(pieces => (pieces.Product, pieces.RunSecondsPerUnit))
            .OrderBy(same => same.Key.Product, StringComparer.Ordinal)
            .ThenBy(same => same.Key.RunSecondsPerUnit ?? decimal.MaxValue)
            .Select(same => new ProductOutput(
                same.Key.Product,
                same.Key.RunSecondsPerUnit,
                same.Sum(pieces => pieces.Good + pieces.Scrap + pieces.Nonconforming),
                same.Sum(pieces => pieces.Good),
                same.Sum(pieces => pieces.Scrap)))];

    /// <summary>The pieces of a counter-report go where those of the report go that it undoes.</summary>
    static ILookup<DateTimeOffset, RawPieces> ByShift(List<RawPieces> pieces, ShiftCalendar calendar)
    {
        var byId = pieces.ToDictionary(report => report.Id);
        DateTimeOffset CountedAt(RawPieces report) =>
            report.Reverses is { } undone && byId.TryGetValue(undone, out var original) ? original.At : report.At;
        return pieces
            .Select(report => (Shift: calendar.ShiftAt(CountedAt(report)), Report: report))
            .Where(pair => pair.Shift is not null)
            .ToLookup(pair => pair.Shift!.Time.Start, pair => pair.Report);
    }
}
