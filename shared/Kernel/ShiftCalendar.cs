using NodaTime;

namespace Mes.Kernel;

/// <summary>
/// The shifts of a plant in its own time zone: patterns, each valid from a date on, and exceptional dates (a holiday
/// has no shifts, a working Saturday has its own). Shifts never overlap, also when the clocks change: see
/// <see cref="WallCalendar{T}"/>.
/// </summary>
public sealed class ShiftCalendar
{
    readonly WallCalendar<(LocalDate Date, ShiftDefinition Definition)> _calendar;
    readonly ShiftPattern[] _patterns;
    readonly IReadOnlyDictionary<LocalDate, IReadOnlyList<ShiftDefinition>> _exceptions;

    /// <param name="timeZoneId">IANA zone of the plant, such as "Europe/Berlin".</param>
    /// <param name="patterns">At most one per first date; before the first of them there are no shifts.</param>
    /// <param name="exceptions">The shifts of dates off the pattern; an empty list for a holiday.</param>
    /// <exception cref="ArgumentException">
    /// The zone is unknown, two patterns start on one date, a code is used twice on a day, shifts overlap, or a break
    /// lies outside its shift or overlaps another.
    /// </exception>
    public ShiftCalendar(
        string timeZoneId,
        IEnumerable<ShiftPattern> patterns,
        IReadOnlyDictionary<LocalDate, IReadOnlyList<ShiftDefinition>>? exceptions = null)
    {
        var zone = WallClock.Zone(timeZoneId)
            ?? throw new ArgumentException($"{timeZoneId} is no IANA time zone.", nameof(timeZoneId));
        _calendar = new(zone, BeginningOn);
        _patterns = [.. patterns.OrderBy(pattern => pattern.ValidFrom)];
        _exceptions = exceptions ?? new Dictionary<LocalDate, IReadOnlyList<ShiftDefinition>>();
        ShiftRules.RequireOnePatternPerDate(_patterns);
        foreach (var pattern in _patterns)
            ShiftRules.RequireConsistent(DefinitionsOn, pattern.ValidFrom.PlusDays(-1), pattern.Cycle.Count + 2);
        foreach (var date in _exceptions.Keys)
            ShiftRules.RequireConsistent(DefinitionsOn, date.PlusDays(-1), 3);
    }

    /// <summary>The shift going on at an instant, null outside of shifts.</summary>
    public Shift? ShiftAt(DateTimeOffset instant) =>
        _calendar.Within(instant, instant.AddTicks(1)).Select(Place).FirstOrDefault();

    /// <summary>
    /// The shift to which the quantities of a report belong: the one going on at its last instant; null outside.
    /// </summary>
    /// <exception cref="InvalidOperationException">The report's time is ongoing.</exception>
    public Shift? ShiftOf(TimeRange reportTime) => ShiftAt(reportTime.LastInstant);

    /// <summary>The shifts that have time in common with the window, by start.</summary>
    /// <exception cref="ArgumentException">The window has no end.</exception>
    public IEnumerable<Shift> ShiftsWithin(TimeRange window)
    {
        var end = window.End ?? throw new ArgumentException("A window of shifts needs an end.", nameof(window));
        return _calendar.Within(window.Start, end).Select(Place);
    }

    /// <summary>The shifts of a production date, by start; none on a holiday.</summary>
    public IEnumerable<Shift> ShiftsOn(LocalDate date) => _calendar.On(date).Select(Place);

    /// <summary>ISO 22400 PBT of a window: the planned busy time of all shifts as far as they lie in it.</summary>
    public TimeSpan PlannedBusyTime(TimeRange window) =>
        ShiftsWithin(window).Aggregate(TimeSpan.Zero, (sum, shift) => sum + shift.PlannedBusyTimeWithin(window));

    /// <summary>The plant's calendar date at an instant.</summary>
    public LocalDate DateOf(DateTimeOffset instant) => _calendar.DateOf(instant);

    IReadOnlyList<ShiftDefinition> DefinitionsOn(LocalDate date) =>
        _exceptions.TryGetValue(date, out var exceptional)
            ? exceptional
            : _patterns.LastOrDefault(pattern => pattern.ValidFrom <= date)?.On(date) ?? [];

    IEnumerable<WallPeriod<(LocalDate, ShiftDefinition)>> BeginningOn(LocalDate date) =>
        from shift in DefinitionsOn(date)
        let time = shift.On(date)
        select new WallPeriod<(LocalDate, ShiftDefinition)>(time.Start, time.End, (date, shift));

    Shift Place(CalendarPeriod<(LocalDate Date, ShiftDefinition Definition)> period)
    {
        var ((date, definition), time) = (period.Of, new TimeRange(period.Start, period.End));
        return new Shift(date, definition, time, [.. PlaceBreaks(definition, date, time)]);
    }

    /// <summary>
    /// A break begins by the wall clock and keeps its length: half an hour stays half an hour when the clocks change.
    /// </summary>
    IEnumerable<TimeRange> PlaceBreaks(ShiftDefinition definition, LocalDate date, TimeRange shift)
    {
        var free = shift.Start;
        foreach (var (localStart, localEnd) in definition.BreaksOn(date).OrderBy(pause => pause.Start))
        {
            var start = Later(_calendar.InstantOf(localStart), free);
            var length = Period.Between(localStart, localEnd, PeriodUnits.Ticks).ToDuration().ToTimeSpan();
            if (new TimeRange(start, start + length).Intersect(shift) is not { } pause)
                yield break;
            yield return pause;
            free = pause.EndOrMax;
        }
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
