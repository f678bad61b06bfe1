using Mes.Contracts;
using Mes.Equipment.Domain;
using Mes.Kernel;

namespace Mes.Equipment.Data;

/// <summary>
/// A work center: where its equipment stands in the hierarchy (ISA-95: site, area, work center, work unit).
/// </summary>
public sealed class WorkCenter
{
    /// <summary>Unique in the plant; units refer to it.</summary>
    public required string Code { get; init; }

    /// <summary>Name on the floor; the code while nobody has said.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Code of the ISA-95 area it lies in; "shop-floor" while nobody has said.</summary>
    public string Area { get; private set; } = "shop-floor";

    /// <summary>Code of the ISA-95 site of the area; "plant" while nobody has said.</summary>
    public string Site { get; private set; } = "plant";

    /// <summary>Code of the calendar of its units that have none of their own; null for the plant's.</summary>
    public string? Calendar { get; private set; }

    /// <summary>One that a unit names and nobody has placed yet.</summary>
    internal static WorkCenter Named(string code) => new() { Code = code, Name = code };

    /// <summary>Says what it is called and where it stands.</summary>
    internal void Place(string name, string area, string site) => (Name, Area, Site) = (name, area, site);

    /// <summary>Its units that have no calendar of their own work by another, or by the plant's.</summary>
    /// <returns>Whether that is a change, which they follow.</returns>
    internal bool WorkBy(string? calendar)
    {
        var isChange = Calendar != calendar;
        Calendar = calendar;
        return isChange;
    }
}

/// <summary>An equipment unit (ISA-95 work unit).</summary>
public sealed class EquipmentUnit
{
    /// <summary>The calendar of a unit for which nobody names another, nor for its work center.</summary>
    public const string PlantCalendar = CalendarChanged.Plant;

    /// <summary>Unique in the plant; reports and other services refer to it.</summary>
    public required string Code { get; init; }

    /// <summary>Name on the floor; the code while nobody has defined the unit.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Null only while <see cref="Version"/> is 0.</summary>
    public string? WorkCenter { get; private set; }

    /// <summary>Production, unless it was defined as inspection.</summary>
    public EquipmentKind Kind { get; private set; }

    /// <summary>Code of the calendar by which it works: its own, its work center's or the plant's.</summary>
    public string Calendar { get; private set; } = PlantCalendar;

    /// <summary>Code of the calendar that was named for it alone; null where none was.</summary>
    public string? OwnCalendar { get; private set; }

    /// <summary>Rises with each change; 0 while the floor reports on it but nobody has defined it.</summary>
    public long Version { get; private set; }

    /// <summary>Since when it takes no new work, UTC; null while it does. Its code stays taken.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>One that the floor reports on and nobody has defined yet.</summary>
    internal static EquipmentUnit Named(string code) => new() { Code = code, Name = code };

    /// <summary>Defines it, or says what it is already.</summary>
    /// <param name="name">Name on the floor.</param>
    /// <param name="kind">Production or inspection.</param>
    /// <param name="center">Its work center.</param>
    /// <param name="ownCalendar">Code of a calendar for it alone, or null.</param>
    /// <returns>Whether that is a change, to be told to others.</returns>
    /// <exception cref="RuleViolation">It is retired.</exception>
    internal bool Define(string name, EquipmentKind kind, WorkCenter center, string? ownCalendar)
    {
        RequireInUse();
        var wanted = (name, center.Code, kind, CalendarOf(ownCalendar, center), ownCalendar);
        if (Version > 0 && wanted == (Name, WorkCenter!, Kind, Calendar, OwnCalendar))
            return false;
        (Name, WorkCenter, Kind, Calendar, OwnCalendar) = wanted;
        Version++;
        return true;
    }

    /// <summary>Its work center has another calendar: it works by that, unless it has its own.</summary>
    /// <returns>Whether that is a change, to be told to others.</returns>
    internal bool Follow(WorkCenter center)
    {
        var calendar = CalendarOf(OwnCalendar, center);
        if (Calendar == calendar)
            return false;
        Calendar = calendar;
        Version++;
        return true;
    }

    static string CalendarOf(string? own, WorkCenter center) => own ?? center.Calendar ?? PlantCalendar;

    /// <summary>Takes it out of use: no new work, its history stays.</summary>
    /// <exception cref="RuleViolation">Nobody has defined it, or it is retired already.</exception>
    public void Retire(DateTimeOffset at)
    {
        if (Version == 0)
            throw new RuleViolation("equipment-undefined", "Define the unit first.", ("equipment", Code));
        if (RetiredAt is { } since)
            throw RuleViolation.Conflict("equipment-retired-already", "It is retired; it can be brought back.",
                ("equipment", Code), ("retiredAt", since));
        RetiredAt = at;
        Version++;
    }

    /// <summary>Brings it back into use.</summary>
    /// <exception cref="RuleViolation">It is in use.</exception>
    public void Reinstate()
    {
        if (RetiredAt is null)
            throw RuleViolation.Conflict(
                "equipment-not-retired", "It is in use; nothing is to be done.", ("equipment", Code));
        RetiredAt = null;
        Version++;
    }

    /// <summary>The code of what is retired stays taken: nothing else is defined under it.</summary>
    /// <exception cref="RuleViolation">It is retired.</exception>
    void RequireInUse()
    {
        if (RetiredAt is { } since)
            throw new RuleViolation("equipment-retired", "Bring the unit back first, or take a code that is free.",
                ("equipment", Code), ("retiredAt", since));
    }

    /// <summary>What others are told of it; nothing while nobody has defined it.</summary>
    internal EquipmentChanged ToContract() => new(Code, Version, Name, WorkCenter!, Kind, RetiredAt, Calendar);

    /// <summary>What others are told of its calendar, when it is defined and when it goes by another.</summary>
    internal UnitCalendarChanged ToCalendarContract() => new(Code, Version, Calendar);
}

/// <summary>A shift calendar as it was sent.</summary>
public sealed class ShiftCalendarRow
{
    /// <summary>Unique; units refer to it.</summary>
    public required string Code { get; init; }

    /// <summary>JSON.</summary>
    public string Definition { get; private set; } = "";

    /// <summary>Rises with each change; 0 is the plant's as the installation brings it, which nobody has defined.</summary>
    public long Version { get; private set; }

    /// <summary>Defines it, or says what it is already: that counts only where nobody had said it before.</summary>
    /// <returns>Whether that is a change, to be told to others.</returns>
    internal bool Define(CalendarDefinition wanted)
    {
        if (Version > 0 && CalendarDefinition.Parse(Definition).ToJson() == wanted.ToJson())
            return false;
        Definition = wanted.ToJson();
        Version++;
        return true;
    }

    /// <summary>What others are told of it.</summary>
    internal CalendarChanged ToContract()
    {
        var definition = CalendarDefinition.Parse(Definition);
        return new(Code, Version, definition.Zone, definition.Patterns, definition.Exceptions ?? []);
    }
}

/// <summary>A node of the reason tree; see <see cref="Domain.DowntimeReason"/>.</summary>
public sealed class DowntimeReasonRow
{
    /// <summary>Unique in the tree; parts of downtimes refer to it.</summary>
    public required string Code { get; init; }

    /// <summary>The more general reason, null at the top.</summary>
    public string? ParentCode { get; private set; }

    /// <summary>What an English screen shows.</summary>
    public string NameEn { get; private set; } = "";

    /// <summary>What a Chinese screen shows.</summary>
    public string NameZh { get; private set; } = "";

    /// <summary>Place in the list as it was sent.</summary>
    public int Position { get; private set; }

    /// <summary>Says what it is, and where it stands in the list.</summary>
    internal void Define(DowntimeReason reason, int position) => (ParentCode, NameEn, NameZh, Position) =
        (reason.ParentCode, reason.NameEn, reason.NameZh, position);
}

/// <summary>What others were last told of an equipment's availability.</summary>
[NotAudited]
sealed class EquipmentAvailability
{
    public required string Equipment { get; init; }

    public long Version { get; private set; }

    public bool IsDown { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset? ExpectedUpAt { get; private set; }

    /// <summary>It is down or up since an instant, for a stop's reason: what others are told of it.</summary>
    public EquipmentAvailabilityChanged Tell(bool isDown, DateTimeOffset since, Downtime? cause)
    {
        Version++;
        (IsDown, Since, Reason, ExpectedUpAt) = (isDown, since, cause?.LastReason, cause?.ExpectedUpAt);
        return new(Equipment, Version, IsDown, Since, Reason, ExpectedUpAt);
    }
}
