using Mes.Contracts;
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
    public required string Name { get; set; }

    /// <summary>Code of the ISA-95 area it lies in; "shop-floor" while nobody has said.</summary>
    public required string Area { get; set; }

    /// <summary>Code of the ISA-95 site of the area; "plant" while nobody has said.</summary>
    public required string Site { get; set; }
}

/// <summary>An equipment unit (ISA-95 work unit).</summary>
public sealed class EquipmentUnit
{
    /// <summary>The calendar of a unit for which nobody names another.</summary>
    public const string PlantCalendar = "plant";

    /// <summary>Unique in the plant; reports and other services refer to it.</summary>
    public required string Code { get; init; }

    /// <summary>Name on the floor; the code while nobody has defined the unit.</summary>
    public required string Name { get; set; }

    /// <summary>Null only while <see cref="Version"/> is 0.</summary>
    public string? WorkCenter { get; set; }

    /// <summary>Production, unless it was defined as inspection.</summary>
    public EquipmentKind Kind { get; set; }

    /// <summary>Code of its shift calendar.</summary>
    public required string Calendar { get; set; }

    /// <summary>Rises with each change; 0 while the floor reports on it but nobody has defined it.</summary>
    public long Version { get; set; }

    /// <summary>Since when it takes no new work, UTC; null while it does. Its code stays taken.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

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
    public void RequireInUse()
    {
        if (RetiredAt is { } since)
            throw new RuleViolation("equipment-retired", "Bring the unit back first, or take a code that is free.",
                ("equipment", Code), ("retiredAt", since));
    }

    /// <summary>What others are told of it; nothing while nobody has defined it.</summary>
    internal EquipmentChanged ToContract() => new(Code, Version, Name, WorkCenter!, Kind, RetiredAt);
}

/// <summary>A shift calendar as it was sent.</summary>
public sealed class ShiftCalendarRow
{
    /// <summary>Unique; units refer to it.</summary>
    public required string Code { get; init; }

    /// <summary>JSON.</summary>
    public required string Definition { get; set; }
}

/// <summary>A node of the reason tree; see <see cref="Domain.DowntimeReason"/>.</summary>
public sealed class DowntimeReasonRow
{
    /// <summary>Unique in the tree; parts of downtimes refer to it.</summary>
    public required string Code { get; init; }

    /// <summary>The more general reason, null at the top.</summary>
    public string? ParentCode { get; set; }

    /// <summary>What an English screen shows.</summary>
    public required string NameEn { get; set; }

    /// <summary>What a Chinese screen shows.</summary>
    public required string NameZh { get; set; }

    /// <summary>Place in the list as it was sent.</summary>
    public int Position { get; set; }
}

/// <summary>What others were last told of an equipment's availability.</summary>
[NotAudited]
sealed class EquipmentAvailability
{
    public required string Equipment { get; init; }

    public long Version { get; set; }

    public bool IsDown { get; set; }

    public DateTimeOffset Since { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? ExpectedUpAt { get; set; }
}
