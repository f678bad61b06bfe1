using Mes.Contracts;
using Mes.Kernel;
using NodaTime;

namespace Mes.Scheduling.Domain;

/// <summary>Reads the shifts that Equipment tells, by the rule by which it counts them itself.</summary>
static class ToldShifts
{
    const int DaysOfWeek = 7;

    /// <summary>The told shifts of a calendar; Equipment has seen to it that they do not contradict each other.</summary>
    public static ShiftCalendar Of(WorkCalendar calendar) => new(
        calendar.Zone, calendar.Patterns.Select(Pattern),
        calendar.Exceptions.ToDictionary(
            exception => LocalDate.FromDateOnly(exception.Date), exception => Day(exception.Shifts)));

    /// <summary>Each shift on each day of the week on which the calendar ever has it.</summary>
    public static IEnumerable<(LocalDate Date, ShiftDefinition Shift)> All(WorkCalendar calendar)
    {
        var regular =
            from pattern in calendar.Patterns.Select(Pattern)
            from day in Enumerable.Range(0, pattern.Cycle.Count * DaysOfWeek)
            let date = pattern.ValidFrom.PlusDays(day)
            from shift in pattern.On(date)
            select (date, shift);
        return regular.Concat(
            from exception in calendar.Exceptions
            from shift in Day(exception.Shifts)
            select (LocalDate.FromDateOnly(exception.Date), shift));
    }

    /// <summary>Whether a shift of a date is the one that a scenario names.</summary>
    public static bool IsSame(WeeklyShift named, LocalDate date, ShiftDefinition shift)
    {
        var length = Period.Between(shift.Start, shift.End, PeriodUnits.Minutes).Minutes;
        return named.Day == date.DayOfWeek && LocalTime.FromTimeOnly(named.From) == shift.Start
            && named.Minutes == (length > 0 ? length : length + (24 * 60));
    }

    static ShiftPattern Pattern(CalendarPattern pattern) =>
        new(LocalDate.FromDateOnly(pattern.ValidFrom), [.. pattern.Cycle.Select(Day)]);

    static IReadOnlyList<ShiftDefinition> Day(IReadOnlyList<CalendarShift> shifts) =>
    [
        .. shifts.Select(shift => ShiftDefinition.Parse(
            shift.Code, shift.Start, shift.End, (shift.Breaks ?? []).Select(pause => (pause.Start, pause.End)))),
    ];
}
