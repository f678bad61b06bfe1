using Mes.Scheduling.Engine;
using NodaTime;

namespace Mes.Scheduling.Domain;

/// <summary>A stretch of open time that comes every week, in plant time.</summary>
/// <param name="Day">Day on which it begins.</param>
/// <param name="From">Local time at which it begins.</param>
/// <param name="Minutes">Length, minutes, 1 to 10,080.</param>
public sealed record WeeklyShift(IsoDayOfWeek Day, TimeOnly From, int Minutes);

/// <summary>When equipment can be used: weekly shifts in a time zone, less closed days.</summary>
public sealed class WorkCalendar
{
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
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var start = Instant.FromDateTimeOffset(origin);
        var first = start.InZone(zone).Date.PlusDays(-8);       // a shift that began last week may still be open
        var windows = Enumerable.Range(0, days + 9).Select(first.PlusDays)
            .Where(date => !ClosedDays.Contains(date.ToDateOnly()))
            .SelectMany(date => Shifts.Where(shift => shift.Day == date.DayOfWeek).Select(shift => Of(date, shift, zone, start)))
            .Where(window => window.EndSeconds > 0)
            .OrderBy(window => window.StartSeconds);
        return new Calendar(Merge(windows));
    }

    static Window Of(LocalDate date, WeeklyShift shift, DateTimeZone zone, Instant origin)
    {
        var begin = (date + LocalTime.FromTimeOnly(shift.From)).InZoneLeniently(zone).ToInstant();
        var seconds = (int)(begin - origin).TotalSeconds;
        return new Window(Math.Max(0, seconds), seconds + (shift.Minutes * 60));
    }

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
