namespace Mes.Scheduling.Domain;

/// <summary>What the plant can do.</summary>
public sealed record PlantCapacity
{
    /// <summary>All calendars.</summary>
    public IReadOnlyList<WorkCalendar> Calendars { get; init; } = [];

    /// <summary>Calendar code by equipment code; what is not named is always open.</summary>
    public IReadOnlyDictionary<string, string> CalendarOf { get; init; } = new Dictionary<string, string>();

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
public sealed class SetupTimes
{
    /// <summary>Equipment code.</summary>
    public required string Equipment { get; init; }

    /// <summary>Setup between different families that <see cref="Changes"/> does not name, seconds; within a family it
    /// is 0.</summary>
    public required int DefaultSeconds { get; set; }

    /// <summary>The changes with a time of their own.</summary>
    public required IReadOnlyList<SetupChange> Changes { get; set; }
}

/// <summary>A secondary resource: operators of a skill, a tool, a mould.</summary>
public sealed class PlantResource
{
    /// <summary>Code, unique.</summary>
    public required string Code { get; init; }

    /// <summary>Name to show.</summary>
    public required string Name { get; set; }

    /// <summary>Units that can be in use at the same time, at least 1.</summary>
    public required int Capacity { get; set; }

    /// <summary>Rises with each change.</summary>
    public long Version { get; set; }

    /// <summary>Code of its calendar; null: always there.</summary>
    public string? Calendar { get; set; }

    /// <summary>Whether a paused operation keeps it (a mould stays in the press) or frees it (an operator goes home).</summary>
    public bool IsHeldDuringPauses { get; set; }
}
