using Mes.Contracts;
using Mes.Kernel;
using Mes.Scheduling.Engine.Model;
using NodaTime;

namespace Mes.Scheduling.Domain;

/// <summary>A stretch of open time that comes every week, in plant time.</summary>
/// <param name="Day">Day on which it begins.</param>
/// <param name="From">Local time at which it begins.</param>
/// <param name="Minutes">
/// Length on the wall clock, minutes, 1 to 10,080: where the clocks change meanwhile, an hour less or more passes.
/// </param>
public sealed record WeeklyShift(IsoDayOfWeek Day, TimeOnly From, int Minutes);

/// <summary>
/// When equipment can be used: the shifts that Equipment tells, outside their breaks. To them a scenario adds shifts, takes
/// shifts away and closes days; a calendar that was entered in Scheduling before Equipment told any has weekly shifts only.
/// </summary>
public sealed class WorkCalendar
{
    /// <summary>A weekly shift is at most a week long, and ends at latest early on the eighth day.</summary>
    const int ShiftDaysMax = 8;

    /// <summary>Code, unique.</summary>
    public required string Code { get; init; }

    /// <summary>As Equipment told it; 0: entered in Scheduling, before Equipment told any.</summary>
    public long Version { get; init; }

    /// <summary>IANA time zone in which the shifts are meant.</summary>
    public required string Zone { get; init; }

    /// <summary>Told: each valid from a date on, until the next one.</summary>
    public IReadOnlyList<CalendarPattern> Patterns { get; init; } = [];

    /// <summary>Told: dates off the pattern.</summary>
    public IReadOnlyList<CalendarException> Exceptions { get; init; } = [];

    /// <summary>Shifts that come every week beside the told ones.</summary>
    public IReadOnlyList<WeeklyShift> Shifts { get; init; } = [];

    /// <summary>Days on which no shift begins.</summary>
    public IReadOnlyList<DateOnly> ClosedDays { get; init; } = [];

    /// <summary>Told shifts that a scenario takes away.</summary>
    public IReadOnlyList<WeeklyShift> Removed { get; init; } = [];

    /// <summary>
    /// The open windows from the origin on, in seconds; shifts that overlap or touch are one window. What is open without
    /// a pause for all those days is open always: nothing is known of later ones.
    /// </summary>
    public Calendar Open(DateTimeOffset origin, int days)
    {
        var until = origin.AddDays(days);
        var windows = Told(origin, until).Concat(Weekly(origin, until))
            .Select(time => new Window(Math.Max(0, Seconds(time.Start)), Seconds(time.EndOrMax)))
            .Where(window => window.EndSeconds > window.StartSeconds)
            .OrderBy(window => window.StartSeconds);
        var merged = Merge(windows);
        var isAlways = merged is [{ StartSeconds: 0 } all] && all.EndSeconds >= Seconds(until);
        return isAlways ? Calendar.AlwaysOpen : new Calendar(merged);

        int Seconds(DateTimeOffset instant) => (int)(instant - origin).TotalSeconds;
    }

    /// <summary>The calendar with another weekly shift, or with a told one back.</summary>
    public WorkCalendar Adding(WeeklyShift shift) => Removed.Contains(shift)
        ? With(removed: [.. Removed.Where(other => other != shift)])
        : With(shifts: [.. Shifts, shift]);

    /// <summary>The calendar without a shift.</summary>
    /// <exception cref="RuleViolation">It has none such.</exception>
    public WorkCalendar Removing(WeeklyShift shift)
    {
        if (Shifts.Contains(shift)) return With(shifts: [.. Shifts.Where(other => other != shift)]);
        return !Removed.Contains(shift) && IsTold(shift)
            ? With(removed: [.. Removed, shift])
            : throw new RuleViolation("shift-not-removable", "Name a shift that the calendar has.",
                ("calendar", Code), ("day", shift.Day.ToString()), ("from", shift.From));
    }

    /// <summary>The calendar without the shifts that begin on a day.</summary>
    public WorkCalendar Closing(DateOnly day) => With(closedDays: [.. ClosedDays, day]);

    /// <summary>The calendar with the shifts that a closed day would have otherwise.</summary>
    public WorkCalendar Opening(DateOnly day) => With(
        closedDays: [.. ClosedDays.Where(other => other != day)],
        exceptions: [.. Exceptions.Where(exception => exception.Date != day || exception.Shifts.Count > 0)]);

    WorkCalendar With(
        IReadOnlyList<WeeklyShift>? shifts = null, IReadOnlyList<WeeklyShift>? removed = null,
        IReadOnlyList<DateOnly>? closedDays = null, IReadOnlyList<CalendarException>? exceptions = null) => new()
        {
            Code = Code, Version = Version, Zone = Zone, Patterns = Patterns, Exceptions = exceptions ?? Exceptions,
            Shifts = shifts ?? Shifts, ClosedDays = closedDays ?? ClosedDays, Removed = removed ?? Removed
        };

    IEnumerable<TimeRange> Told(DateTimeOffset from, DateTimeOffset until) =>
        ToldShifts.Of(this).ShiftsWithin(new TimeRange(from, until)).Where(IsLeft).SelectMany(shift => shift.WorkingTimes());

    bool IsLeft(Shift shift) => !ClosedDays.Contains(shift.Date.ToDateOnly())
        && !Removed.Any(named => ToldShifts.IsSame(named, shift.Date, shift.Definition));

    IEnumerable<TimeRange> Weekly(DateTimeOffset from, DateTimeOffset until) =>
        new WallCalendar<WeeklyShift>(DateTimeZoneProviders.Tzdb[Zone], WeeklyOn, ShiftDaysMax)
            .Within(from, until).Select(period => new TimeRange(period.Start, period.End));

    IEnumerable<WallPeriod<WeeklyShift>> WeeklyOn(LocalDate date) => ClosedDays.Contains(date.ToDateOnly())
        ? []
        : from shift in Shifts
          where shift.Day == date.DayOfWeek
          let start = date + LocalTime.FromTimeOnly(shift.From)
          select new WallPeriod<WeeklyShift>(start, start.PlusMinutes(shift.Minutes), shift);

    bool IsTold(WeeklyShift shift) => ToldShifts.All(this).Any(told => ToldShifts.IsSame(shift, told.Date, told.Shift));

    static List<Window> Merge(IEnumerable<Window> windows)
    {
        var merged = new List<Window>();
        foreach (var window in windows)
        {
            if (merged.Count > 0 && window.StartSeconds <= merged[^1].EndSeconds)
            {
                merged[^1] = merged[^1] with { EndSeconds = Math.Max(merged[^1].EndSeconds, window.EndSeconds) };
            }
            else
            {
                merged.Add(window);
            }
        }
        return merged;
    }
}
