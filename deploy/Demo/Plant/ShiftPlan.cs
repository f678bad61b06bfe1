namespace Mes.Demo.Plant;

/// <summary>A stretch of time, its end not included.</summary>
readonly record struct Stretch(DateTimeOffset Start, DateTimeOffset End);

/// <summary>A shift of the plant.</summary>
/// <param name="Date">The date on which it begins.</param>
/// <param name="IsNight">Whether it is the night shift.</param>
/// <param name="Time">From its start to its end.</param>
readonly record struct Shift(DateOnly Date, bool IsNight, Stretch Time);

/// <summary>
/// Two shifts around the clock, seven days a week, but for a holiday: whenever a demo is started, somebody is at work. The
/// time zone has no summer time, so that what is planned here by hours is what the services make of the calendar.
/// </summary>
/// <param name="begunAt">When the demo begins: one holiday lies before, one after.</param>
sealed class ShiftPlan(DateTimeOffset begunAt)
{
    /// <summary>IANA name of the time zone.</summary>
    public const string Zone = "Asia/Shanghai";

    const int DayStartsHour = 8;
    const int ShiftHours = 12;
    static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    // Of both shifts, by hours since their start
    static readonly (double Start, double End)[] WorkHours = [(0, 4), (4.75, 8), (8.25, 12)];

    /// <summary>The dates without shifts, by date.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; } = [DateOf(begunAt).AddDays(-4), DateOf(begunAt).AddDays(24)];

    /// <summary>The shift going on at an instant; null on a holiday.</summary>
    public Shift? At(DateTimeOffset instant)
    {
        var date = DateOf(instant);
        var dayStart = StartOf(date);
        var isNight = instant >= dayStart.AddHours(ShiftHours);
        var start = isNight ? dayStart.AddHours(ShiftHours) : dayStart;
        return Holidays.Contains(date) ? null : new Shift(date, isNight, new(start, start.AddHours(ShiftHours)));
    }

    /// <summary>The shifts that begin in a stretch of time, by start.</summary>
    public IEnumerable<Shift> Within(Stretch time)
    {
        for (var start = StartOf(DateOf(time.Start)); start < time.End; start = start.AddHours(ShiftHours))
        {
            if (start >= time.Start && At(start) is { } shift) yield return shift;
        }
    }

    /// <summary>The first stretch between breaks that is not over at an instant; it may have begun.</summary>
    public Stretch WorkFrom(DateTimeOffset instant)
    {
        for (var start = StartOf(DateOf(instant)); ; start = start.AddHours(ShiftHours))
        {
            if (At(start) is null) continue;
            foreach (var (from, to) in WorkHours)
            {
                if (start.AddHours(to) > instant) return new(start.AddHours(from), start.AddHours(to));
            }
        }
    }

    /// <summary>The calendar as the API takes it.</summary>
    public object Definition => new
    {
        zone = Zone,
        patterns = new[]
        {
            new
            {
                validFrom = new DateOnly(begunAt.Year - 1, 1, 1),
                cycle = new[] { new[] { Define("DAY", DayStartsHour), Define("NIGHT", DayStartsHour + ShiftHours) } },
            },
        },
        exceptions = Holidays.Select(date => new { date, shifts = Array.Empty<object>() }),
    };

    static object Define(string code, int hour) => new
    {
        code, start = Clock(hour), end = Clock(hour + ShiftHours),
        breaks = WorkHours.Zip(WorkHours.Skip(1), (before, after) =>
            new { start = Clock(hour + before.End), end = Clock(hour + after.Start) }),
    };

    static string Clock(double hour) => TimeOnly.FromTimeSpan(TimeSpan.FromHours(hour % 24)).ToString("HH:mm");

    // A shift's date is the one on which it begins: the night belongs to the day before
    static DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(instant.ToOffset(Offset).AddHours(-DayStartsHour).DateTime);

    static DateTimeOffset StartOf(DateOnly date) =>
        new DateTimeOffset(date.ToDateTime(new TimeOnly(DayStartsHour, 0)), Offset).ToUniversalTime();
}
