namespace Mes.Scheduling.Domain;

/// <summary>Something is planned by another calendar, or by another state of it.</summary>
/// <param name="Before">Null: it was always open.</param>
/// <param name="After">Null: it is always open.</param>
public sealed record CalendarChange(WorkCalendar? Before, WorkCalendar? After)
{
    /// <summary>Whether anything opens or closes from an instant on.</summary>
    public bool MovesOpenTime(DateTimeOffset now) => !Open(Before, now).SequenceEqual(Open(After, now));

    static IReadOnlyList<Engine.Model.Window> Open(WorkCalendar? calendar, DateTimeOffset now) =>
        (calendar?.Open(now, PlanningModel.HorizonDays) ?? Engine.Model.Calendar.AlwaysOpen).OpenWindows;
}

/// <summary>Compares calendars.</summary>
public static class CalendarChanges
{
    /// <summary>The changes by which something is planned, each once.</summary>
    /// <param name="before">Calendars, and what went by which.</param>
    /// <param name="after">The same after a change.</param>
    /// <param name="equipment">Codes of the equipment that may get work.</param>
    public static IReadOnlyList<CalendarChange> Between(
        PlantCapacity before, PlantCapacity after, IEnumerable<string> equipment)
    {
        var (was, now) = (Known(before), Known(after));
        var pairs = equipment.Select(code => (before.CalendarFor(code), after.CalendarFor(code)))
            .Concat(after.Resources.Select(resource => (resource.Calendar, resource.Calendar)));
        return [.. pairs.Distinct().Select(pair => new CalendarChange(Of(was, pair.Item1), Of(now, pair.Item2)))
            .Where(change => (change.Before?.Code, change.Before?.Version) != (change.After?.Code, change.After?.Version))];
    }

    static Dictionary<string, WorkCalendar> Known(PlantCapacity capacity) =>
        capacity.Calendars.ToDictionary(calendar => calendar.Code);

    static WorkCalendar? Of(Dictionary<string, WorkCalendar> known, string? code) =>
        code is null ? null : known.GetValueOrDefault(code);
}
