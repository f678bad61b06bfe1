using NodaTime;
using NodaTime.TimeZones;

namespace Mes.Kernel;

/// <summary>A stretch of time by the wall clock.</summary>
/// <param name="Start">Wall-clock time at which it begins.</param>
/// <param name="End">Wall-clock time at which it ends, not before the start.</param>
/// <param name="Of">What takes place in it.</param>
public readonly record struct WallPeriod<T>(LocalDateTime Start, LocalDateTime End, T Of);

/// <summary>A stretch of elapsed time.</summary>
/// <param name="Start">First instant of it, UTC.</param>
/// <param name="End">First instant after it, UTC; after the start.</param>
/// <param name="Of">What takes place in it.</param>
public readonly record struct CalendarPeriod<T>(DateTimeOffset Start, DateTimeOffset End, T Of);

/// <summary>
/// The one rule by which times of a plant's wall clock become instants. A wall-clock time is the first instant at which
/// the clock shows it or a later time: of a time that comes twice the first occurrence, of one that is skipped the
/// instant at which the clocks go on. What follows each other by the wall clock therefore follows each other in elapsed
/// time, without hole or overlap, and a day has the 23, 24 or 25 hours that pass.
/// </summary>
/// <remarks>
/// Zone data come with NodaTime, so that every process reads the same; the framework's own misread zones whose clocks
/// change at 24:00, such as Africa/Cairo.
/// </remarks>
/// <param name="zone">The plant's time zone.</param>
/// <param name="beginningOn">What begins on a date.</param>
/// <param name="daysMax">How many dates after that of its start a period may reach into, at least 1.</param>
public sealed class WallCalendar<T>(
    DateTimeZone zone, Func<LocalDate, IEnumerable<WallPeriod<T>>> beginningOn, int daysMax = 1)
{
    static readonly ZoneLocalMappingResolver Rule =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The first instant at which the wall clock shows this time or a later one.</summary>
    public DateTimeOffset InstantOf(LocalDateTime local) => zone.ResolveLocal(local, Rule).ToDateTimeOffset();

    /// <summary>The date that the wall clock shows.</summary>
    public LocalDate DateOf(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(zone).Date;

    /// <summary>What begins on a date, by start; not what lies wholly in time that the clocks skipped.</summary>
    public IEnumerable<CalendarPeriod<T>> On(LocalDate date) => beginningOn(date)
        .Select(period => new CalendarPeriod<T>(
            InstantOf(period.Start).ToUniversalTime(), InstantOf(period.End).ToUniversalTime(), period.Of))
        .Where(period => period.Start < period.End)
        .OrderBy(period => period.Start);

    /// <summary>What has time in common with [from, to), by date of its start.</summary>
    public IEnumerable<CalendarPeriod<T>> Within(DateTimeOffset from, DateTimeOffset to)
    {
        // where clocks go back over midnight, what begins on the date after may have begun before
        var last = DateOf(to).PlusDays(1);
        for (var date = DateOf(from).PlusDays(-daysMax); date <= last; date = date.PlusDays(1))
        {
            foreach (var period in On(date).Where(period => period.Start < to && period.End > from))
            {
                yield return period;
            }
        }
    }
}
