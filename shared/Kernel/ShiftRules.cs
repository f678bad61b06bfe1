using NodaTime;

namespace Mes.Kernel;

/// <summary>What makes shifts a calendar: at any instant there is at most one shift and one break.</summary>
static class ShiftRules
{
    /// <exception cref="ArgumentException">Two patterns start on one date.</exception>
    public static void RequireOnePatternPerDate(IEnumerable<ShiftPattern> patterns)
    {
        foreach (var sameDate in patterns.GroupBy(pattern => pattern.ValidFrom).Where(group => group.Skip(1).Any()))
            throw new ArgumentException($"Two shift patterns start on {sameDate.Key:uuuu-MM-dd}.");
    }

    /// <summary>Checks some days in a row, by the wall clock.</summary>
    /// <exception cref="ArgumentException">A repeated code, overlapping shifts, or a break out of place.</exception>
    public static void RequireConsistent(
        Func<LocalDate, IReadOnlyList<ShiftDefinition>> shiftsOn, LocalDate first, int days)
    {
        var shifts = Enumerable.Range(0, days).Select(first.PlusDays)
            .SelectMany(date => shiftsOn(date).Select(shift => (Date: date, Shift: shift)))
            .ToArray();
        foreach (var day in shifts.GroupBy(shift => shift.Date))
            RequireDifferentCodes(day.Key, day.Select(shift => shift.Shift.Code));
        RequireApart(shifts.Select(shift => shift.Shift.On(shift.Date)), "Shifts");
        foreach (var (date, shift) in shifts)
            RequireBreaksInside(shift, date);
    }

    static void RequireDifferentCodes(LocalDate date, IEnumerable<string> codes)
    {
        var seen = new HashSet<string>();
        foreach (var code in codes)
            if (!seen.Add(code))
                throw new ArgumentException($"Shift {code} is there twice on {date:uuuu-MM-dd}.");
    }

    static void RequireBreaksInside(ShiftDefinition shift, LocalDate date)
    {
        var (start, end) = shift.On(date);
        var breaks = shift.BreaksOn(date).ToArray();
        foreach (var pause in breaks)
            if (pause.Start < start || pause.End > end)
                throw new ArgumentException(
                    $"The break {pause.Start:HH:mm}-{pause.End:HH:mm} lies outside shift {shift.Code}.");
        RequireApart(breaks, $"Breaks of shift {shift.Code}");
    }

    static void RequireApart(IEnumerable<(LocalDateTime Start, LocalDateTime End)> times, string what)
    {
        var previousEnd = LocalDate.MinIsoValue.AtMidnight();
        foreach (var (start, end) in times.OrderBy(time => time.Start))
        {
            if (start < previousEnd)
                throw new ArgumentException($"{what} overlap at {start:uuuu-MM-dd HH:mm}.");
            previousEnd = end;
        }
    }
}
