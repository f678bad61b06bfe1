using NodaTime;
using NodaTime.TimeZones;

namespace Mes.Equipment.Domain;

/// <summary>
/// The shifts of a plant in its own time zone: patterns, each valid from a date on, and exceptional dates (a holiday
/// has no shifts, a working Saturday has its own). Shifts never overlap, also when the clocks change: a wall-clock
/// time that occurs twice means its first occurrence, one that is skipped means the instant the clocks go on.
/// </summary>
public sealed class ShiftCalendar
{
    static readonly ZoneLocalMappingResolver WallClock =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    readonly DateTimeZone _zone;
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
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZoneId)
            ?? throw new ArgumentException($"{timeZoneId} is no IANA time zone.", nameof(timeZoneId));
        _patterns = [.. patterns.OrderBy(pattern => pattern.ValidFrom)];
        _exceptions = exceptions ?? new Dictionary<LocalDate, IReadOnlyList<ShiftDefinition>>();
        ShiftRules.RequireOnePatternPerDate(_patterns);
        foreach (var pattern in _patterns)
            ShiftRules.RequireConsistent(DefinitionsOn, pattern.ValidFrom.PlusDays(-1), pattern.Cycle.Count + 2);
        foreach (var date in _exceptions.Keys)
            ShiftRules.RequireConsistent(DefinitionsOn, date.PlusDays(-1), 3);
    }

    /// <summary>The shift going on at an instant, null outside of shifts.</summary>
    public Shift? ShiftAt(DateTimeOffset instant)
    {
        // A shift may have started the day before; where clocks go back over midnight, even on the date after.
        var date = DateOf(instant);
        return ShiftsOn(date.PlusDays(-1)).Concat(ShiftsOn(date)).Concat(ShiftsOn(date.PlusDays(1)))
            .FirstOrDefault(shift => shift.Time.Contains(instant));
    }

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
        var last = DateOf(end).PlusDays(1);
        return DatesFrom(DateOf(window.Start).PlusDays(-1), last)
            .SelectMany(ShiftsOn)
            .Where(shift => shift.Time.Overlaps(window));
    }

    /// <summary>The shifts of a production date, by start; none on a holiday.</summary>
    public IEnumerable<Shift> ShiftsOn(LocalDate date) =>
        DefinitionsOn(date).Select(shift => Place(shift, date)).OfType<Shift>().OrderBy(shift => shift.Time.Start);

    /// <summary>ISO 22400 PBT of a window: the planned busy time of all shifts as far as they lie in it.</summary>
    public TimeSpan PlannedBusyTime(TimeRange window) =>
        ShiftsWithin(window).Aggregate(TimeSpan.Zero, (sum, shift) => sum + shift.PlannedBusyTimeWithin(window));

    /// <summary>The plant's calendar date at an instant.</summary>
    public LocalDate DateOf(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(_zone).Date;

    IReadOnlyList<ShiftDefinition> DefinitionsOn(LocalDate date) =>
        _exceptions.TryGetValue(date, out var exceptional)
            ? exceptional
            : _patterns.LastOrDefault(pattern => pattern.ValidFrom <= date)?.On(date) ?? [];

    /// <summary>Puts a shift on the time line; null where the clocks skipped all of it.</summary>
    Shift? Place(ShiftDefinition definition, LocalDate date)
    {
        var (start, end) = definition.On(date);
        var time = new TimeRange(ToInstant(start), ToInstant(end));
        return time.IsEmpty ? null : new Shift(date, definition.Code, time, [.. PlaceBreaks(definition, date, time)]);
    }

    /// <summary>
    /// A break begins by the wall clock and keeps its length: half an hour stays half an hour when the clocks change.
    /// </summary>
    IEnumerable<TimeRange> PlaceBreaks(ShiftDefinition definition, LocalDate date, TimeRange shift)
    {
        var free = shift.Start;
        foreach (var (localStart, localEnd) in definition.BreaksOn(date).OrderBy(pause => pause.Start))
        {
            var start = Later(ToInstant(localStart), free);
            var length = Period.Between(localStart, localEnd, PeriodUnits.Ticks).ToDuration().ToTimeSpan();
            if (new TimeRange(start, start + length).Intersect(shift) is not { } pause)
                yield break;
            yield return pause;
            free = pause.EndOrMax;
        }
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    DateTimeOffset ToInstant(LocalDateTime local) => _zone.ResolveLocal(local, WallClock).ToDateTimeOffset();

    static IEnumerable<LocalDate> DatesFrom(LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date = date.PlusDays(1))
            yield return date;
    }
}
