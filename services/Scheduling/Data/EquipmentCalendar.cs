namespace Mes.Scheduling.Data;

/// <summary>Which calendar equipment follows; what has none is always open.</summary>
public sealed class EquipmentCalendar
{
    /// <summary>Equipment code.</summary>
    public required string Equipment { get; init; }

    /// <summary>Calendar code.</summary>
    public required string Calendar { get; set; }
}
