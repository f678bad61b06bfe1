using System.Text.Json;
using Mes.Equipment.Domain;
using Mes.Kernel;
using NodaTime;

namespace Mes.Equipment.Data;

/// <summary>The shifts of a plant by its wall clocks.</summary>
/// <param name="Zone">IANA time zone, such as "Europe/Berlin".</param>
/// <param name="Patterns">Each valid from a date on, until the next one.</param>
/// <param name="Exceptions">Dates off the pattern: a holiday has no shifts.</param>
public sealed record CalendarDefinition(
    string Zone, IReadOnlyList<CalendarPattern> Patterns, IReadOnlyList<CalendarException>? Exceptions = null)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static CalendarDefinition Parse(string json) =>
        JsonSerializer.Deserialize<CalendarDefinition>(json, Json)!;

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="RuleViolation">A time is none (400), or the shifts contradict each other (422).</exception>
    internal ShiftCalendar ToCalendar()
    {
        try
        {
            return new ShiftCalendar(
                Zone,
                [.. Present(Patterns).Select(pattern => pattern.ToPattern())],
                Present(Exceptions ?? []).ToDictionary(
                    exception => LocalDate.FromDateOnly(exception.Date),
                    exception => CalendarShift.ToDay(exception.Shifts)));
        }
        catch (ArgumentException refusal)
        {
            throw new RuleViolation("calendar-inconsistent", refusal.Message);
        }
    }

    /// <exception cref="RuleViolation">One is missing (400).</exception>
    internal static IEnumerable<T> Present<T>(IEnumerable<T> items) => items.Select(item => item is null
        ? throw RuleViolation.Malformed("invalid-value", "A list of the calendar holds null; leave it out.")
        : item);
}

/// <summary>A repeating plan of shifts.</summary>
/// <param name="ValidFrom">First date, which is day 0 of the cycle.</param>
/// <param name="Cycle">The shifts of each day, 1 to 366 days; one day where all are alike, seven for a week.</param>
public sealed record CalendarPattern(DateOnly ValidFrom, IReadOnlyList<IReadOnlyList<CalendarShift>> Cycle)
{
    internal ShiftPattern ToPattern() => new(
        LocalDate.FromDateOnly(ValidFrom), [.. CalendarDefinition.Present(Cycle).Select(CalendarShift.ToDay)]);
}

/// <summary>The shifts of one date off the pattern.</summary>
public sealed record CalendarException(DateOnly Date, IReadOnlyList<CalendarShift> Shifts);

/// <summary>One shift of a day.</summary>
/// <param name="Code">Name, unique on its day.</param>
/// <param name="Start">"HH:mm".</param>
/// <param name="End">"HH:mm", or "24:00" for midnight; not after the start means on the next day.</param>
/// <param name="Breaks">Breaks inside it, not part of the planned busy time.</param>
public sealed record CalendarShift(string Code, string Start, string End, IReadOnlyList<CalendarBreak>? Breaks = null)
{
    internal static IReadOnlyList<ShiftDefinition> ToDay(IReadOnlyList<CalendarShift> shifts) =>
        [.. CalendarDefinition.Present(shifts).Select(shift => shift.ToDefinition())];

    ShiftDefinition ToDefinition() => new(
        Mes.Web.Code.Of(Code), StartOf(Start), EndOf(End),
        [
            .. CalendarDefinition.Present(Breaks ?? [])
                .Select(pause => new ShiftBreak(StartOf(pause.Start), EndOf(pause.End))),
        ]);

    static LocalTime StartOf(string text) => WallClock.Start(text) ?? throw NoTimeOfDay(text);

    static LocalTime EndOf(string text) => WallClock.End(text) ?? throw NoTimeOfDay(text);

    static RuleViolation NoTimeOfDay(string text) =>
        RuleViolation.Malformed("invalid-value", WallClock.Hint, ("value", text));
}

/// <summary>A break.</summary>
/// <param name="Start">"HH:mm".</param>
/// <param name="End">"HH:mm", or "24:00" for midnight.</param>
public sealed record CalendarBreak(string Start, string End);
