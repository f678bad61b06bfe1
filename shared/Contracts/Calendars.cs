namespace Mes.Contracts;

/// <summary>
/// When equipment works, as users define it in Equipment: shifts by the plant's wall clock. Its breaks are no open time; what
/// no shift covers is closed; a calendar without shifts is closed always.
/// </summary>
/// <param name="Code">Code, unique in the plant; <see cref="UnitCalendarChanged.Calendar"/> names it.</param>
/// <param name="Version">Rises with each change, from 1.</param>
/// <param name="Zone">IANA time zone, such as "Europe/Berlin".</param>
/// <param name="Patterns">Each valid from a date on, until the next one; before the first there are no shifts.</param>
/// <param name="Exceptions">Dates off the pattern.</param>
[State("scheduling-know-calendar")]
public sealed record CalendarChanged(
    string Code, long Version, string Zone, IReadOnlyList<CalendarPattern> Patterns,
    IReadOnlyList<CalendarException> Exceptions)
{
    /// <summary>Code of the calendar of equipment for which nobody names another, nor for its work center.</summary>
    public const string Plant = "plant";
}

/// <summary>
/// By which calendar an equipment unit works. It is told apart from <see cref="EquipmentChanged"/>, so that only who reads
/// calendars takes it: an older Scheduling that is still running during an upgrade leaves it to the newer one.
/// </summary>
/// <param name="Equipment">Code of the unit.</param>
/// <param name="Version">The unit's; rises with each change.</param>
/// <param name="Calendar">Code of its calendar: its own, its work center's or the plant's.</param>
[State("scheduling-know-unit-calendar")]
public sealed record UnitCalendarChanged(string Equipment, long Version, string Calendar);

/// <summary>A repeating plan of shifts.</summary>
/// <param name="ValidFrom">First date, which is day 0 of the cycle.</param>
/// <param name="Cycle">The shifts of each day, 1 to 366 days; one day where all are alike, seven for a week.</param>
public sealed record CalendarPattern(DateOnly ValidFrom, IReadOnlyList<IReadOnlyList<CalendarShift>> Cycle);

/// <summary>The shifts of one date off the pattern: a holiday has none, an extra shift is named with the others.</summary>
/// <param name="Date">The date on which they begin.</param>
/// <param name="Shifts">All shifts that begin on it.</param>
public sealed record CalendarException(DateOnly Date, IReadOnlyList<CalendarShift> Shifts);

/// <summary>One shift of a day.</summary>
/// <param name="Code">Name, unique on its day.</param>
/// <param name="Start">"HH:mm".</param>
/// <param name="End">"HH:mm", or "24:00" for midnight; not after the start means on the next day.</param>
/// <param name="Breaks">Breaks inside it, not part of the planned busy time.</param>
public sealed record CalendarShift(string Code, string Start, string End, IReadOnlyList<CalendarBreak>? Breaks = null);

/// <summary>A break.</summary>
/// <param name="Start">"HH:mm".</param>
/// <param name="End">"HH:mm", or "24:00" for midnight.</param>
public sealed record CalendarBreak(string Start, string End);
