using System.Text.Json;
using Mes.Contracts;
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
                [.. Present(Patterns).Select(Pattern)],
                Present(Exceptions ?? []).ToDictionary(
                    exception => LocalDate.FromDateOnly(exception.Date), exception => Day(exception.Shifts)));
        }
        catch (ArgumentException refusal)
        {
            throw new RuleViolation("calendar-inconsistent", refusal.Message);
        }
    }

    static ShiftPattern Pattern(CalendarPattern pattern) =>
        new(LocalDate.FromDateOnly(pattern.ValidFrom), [.. Present(pattern.Cycle).Select(Day)]);

    static IReadOnlyList<ShiftDefinition> Day(IReadOnlyList<CalendarShift> shifts) =>
    [
        .. Present(shifts).Select(shift => ShiftDefinition.Parse(
            Mes.Web.Code.Of(shift.Code), shift.Start, shift.End,
            Present(shift.Breaks ?? []).Select(pause => (pause.Start, pause.End)))),
    ];

    /// <exception cref="RuleViolation">One is missing (400).</exception>
    static IEnumerable<T> Present<T>(IEnumerable<T> items) => items.Select(item => item is null
        ? throw RuleViolation.Malformed("invalid-value", "A list of the calendar holds null; leave it out.")
        : item);
}
