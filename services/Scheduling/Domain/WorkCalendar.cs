using Mes.Kernel;
using Mes.Scheduling.Engine;
using NodaTime;

namespace Mes.Scheduling.Domain;

/// <summary>A stretch of open time that comes every week, in plant time.</summary>
/// <param name="Day">Day on which it begins.</param>
/// <param name="From">Local time at which it begins.</param>
/// <param name="Minutes">
/// Length on the wall clock, minutes, 1 to 10,080: where the clocks change meanwhile, an hour less or more passes.
/// </param>
public sealed record WeeklyShift(IsoDayOfWeek Day, TimeOnly From, int Minutes);

/// <summary>When equipment can be used: weekly shifts in a time zone, less closed days.</summary>
public sealed class WorkCalendar
{
    /// <summary>A shift is at most a week long, and ends at latest early on the eighth day.</summary>
    const int ShiftDaysMax = 8;

    /// <summary>Code, unique.</summary>
    public required string Code { get; init; }

    /// <summary>IANA time zone in which the shifts are meant.</summary>
    public required string Zone { get; set; }

    /// <summary>The shifts; at least one.</summary>
    public required IReadOnlyList<WeeklyShift> Shifts { get; set; }

    /// <summary>Days on which no shift begins.</summary>
    public required IReadOnlyList<DateOnly> ClosedDays { get; set; }

    /// <summary>The same calendar with other shifts and closed days.</summary>
    public WorkCalendar With(IReadOnlyList<WeeklyShift> shifts, IReadOnlyList<DateOnly> closedDays) =>
        new() { Code = Code, Zone = Zone, Shifts = shifts, ClosedDays = closedDays };

    /// <summary>The open windows from the origin on, in seconds; overlapping shifts are one window.</summary>
    public Calendar Open(DateTimeOffset origin, int days)
    {
        var calendar = new WallCalendar<WeeklyShift>(DateTimeZoneProviders.Tzdb[Zone], ShiftsOn, ShiftDaysMax);
        var windows = calendar.Within(origin, origin.AddDays(days))
            .Select(period => new Window(Math.Max(0, Seconds(period.Start)), Seconds(period.End)))
            .Where(window => window.EndSeconds > window.StartSeconds)
            .OrderBy(window => window.StartSeconds);
        return new Calendar(Merge(windows));

        int Seconds(DateTimeOffset instant) => (int)(instant - origin).TotalSeconds;
    }

    IEnumerable<WallPeriod<WeeklyShift>> ShiftsOn(LocalDate date) => ClosedDays.Contains(date.ToDateOnly())
        ? []
        : from shift in Shifts
          where shift.Day == date.DayOfWeek
          let start = date + LocalTime.FromTimeOnly(shift.From)
          select new WallPeriod<WeeklyShift>(start, start.PlusMinutes(shift.Minutes), shift);

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
