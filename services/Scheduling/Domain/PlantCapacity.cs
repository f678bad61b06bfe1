using System.Text.Json.Serialization;

namespace Mes.Scheduling.Domain;

/// <summary>What the plant can do.</summary>
public sealed record PlantCapacity
{
    /// <summary>All calendars.</summary>
    public IReadOnlyList<WorkCalendar> Calendars { get; init; } = [];

    /// <summary>Calendar code by equipment code; what is not named goes by the default.</summary>
    public IReadOnlyDictionary<string, string> CalendarOf { get; init; } = new Dictionary<string, string>();

    /// <summary>Code of the calendar of equipment that has none of its own; null: it is always open.</summary>
    public string? DefaultCalendar { get; init; }

    /// <summary>Code of the calendar by which equipment is planned; null: it is always open.</summary>
    public string? CalendarFor(string equipment) => CalendarOf.GetValueOrDefault(equipment) ?? DefaultCalendar;

    /// <summary>Code of the calendar of a secondary resource; null: it is always there.</summary>
    public string? CalendarOfResource(string code) => Resources.FirstOrDefault(resource => resource.Code == code)?.Calendar;

    /// <summary>Codes of the equipment that Equipment has defined.</summary>
    public IReadOnlyList<string> KnownEquipment { get; init; } = [];

    /// <summary>Equipment that is, or will be, down.</summary>
    public IReadOnlyList<PlannedStop> Stops { get; init; } = [];

    /// <summary>Setup times, for equipment where they depend on the sequence.</summary>
    public IReadOnlyList<SetupTimes> Setups { get; init; } = [];

    /// <summary>Setup family for which equipment is set up now: that of the last operation run there.</summary>
    public IReadOnlyDictionary<string, string> FamilyOf { get; init; } = new Dictionary<string, string>();

    /// <summary>Operators by skill, tools, moulds.</summary>
    public IReadOnlyList<PlantResource> Resources { get; init; } = [];
}

/// <summary>A stop of equipment.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="From">Since when, UTC; null: now.</param>
/// <param name="Until">Until when, UTC; null where nobody knows.</param>
public sealed record PlannedStop(string Equipment, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>A change of setup family.</summary>
/// <param name="From">Family before.</param>
/// <param name="To">Family after.</param>
/// <param name="Seconds">Setup time, seconds.</param>
public sealed record SetupChange(string From, string To, int Seconds);

/// <summary>The setup times of an equipment unit (its setup matrix).</summary>
/// <param name="equipment">Equipment code.</param>
/// <param name="defaultSeconds">Setup between different families that no change names, seconds.</param>
/// <param name="changes">The changes with a time of their own.</param>
public sealed class SetupTimes(string equipment, int defaultSeconds, IReadOnlyList<SetupChange> changes)
{
    /// <summary>Equipment code.</summary>
    public string Equipment { get; } = equipment;

    /// <summary>Setup between different families that <see cref="Changes"/> does not name, seconds; within a family it
    /// is 0.</summary>
    public int DefaultSeconds { get; private set; } = defaultSeconds;

    /// <summary>The changes with a time of their own.</summary>
    public IReadOnlyList<SetupChange> Changes { get; private set; } = changes;

    /// <summary>How long a setup takes, seconds, by the family before and the family after it.</summary>
    public Func<string, string, int> ByFamilies()
    {
        var told = Changes.ToDictionary(change => (change.From, change.To), change => change.Seconds);
        return (from, to) => told.TryGetValue((from, to), out var own) ? own
            : from == to && from != EquipmentBuilder.NoFamily ? 0 : DefaultSeconds;
    }

    /// <summary>Puts others in their place.</summary>
    public void Define(int defaultSeconds, IReadOnlyList<SetupChange> changes) =>
        (DefaultSeconds, Changes) = (defaultSeconds, changes);
}

/// <summary>A secondary resource: operators of a skill, a tool, a mould.</summary>
/// <param name="code">Code, unique.</param>
/// <param name="name">Name to show.</param>
/// <param name="capacity">Units that can be in use at the same time, at least 1.</param>
/// <param name="calendar">Code of its calendar; null: always there.</param>
/// <param name="isHeldDuringPauses">Whether a paused operation keeps it.</param>
public sealed class PlantResource(
    string code, string name, int capacity, string? calendar = null, bool isHeldDuringPauses = false)
{
    /// <summary>Code, unique.</summary>
    public string Code { get; } = code;

    /// <summary>Name to show.</summary>
    public string Name { get; private set; } = name;

    /// <summary>Units that can be in use at the same time, at least 1.</summary>
    public int Capacity { get; private set; } = capacity;

    /// <summary>Rises with each change.</summary>
    [JsonInclude]
    public long Version { get; private set; }

    /// <summary>Code of its calendar, one of Equipment's; null: always there.</summary>
    public string? Calendar { get; private set; } = calendar;

    /// <summary>Whether a paused operation keeps it (a mould stays in the press) or frees it (an operator goes home).</summary>
    public bool IsHeldDuringPauses { get; private set; } = isHeldDuringPauses;

    /// <summary>Puts another definition in its place, as the next version.</summary>
    public void Define(string name, int capacity, string? calendar, bool isHeldDuringPauses)
    {
        (Name, Capacity, Calendar, IsHeldDuringPauses) = (name, capacity, calendar, isHeldDuringPauses);
        Version++;
    }
}
