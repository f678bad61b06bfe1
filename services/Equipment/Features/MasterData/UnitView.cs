using Mes.Contracts;
using Mes.Equipment.Data;

namespace Mes.Equipment.Features.MasterData;

/// <summary>An equipment unit as it is.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Version">Rises with each change; 0 while the floor reports on it but nobody has defined it.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="WorkCenter">Code of its work center, null while nobody has defined it.</param>
/// <param name="Kind">Production or inspection.</param>
/// <param name="Calendar">Code of the calendar by which it works.</param>
/// <param name="RetiredAt">Since when it takes no new work, UTC; null while it does.</param>
/// <param name="OwnCalendar">Code of the calendar that was named for it alone; null where none was.</param>
public sealed record UnitView(
    string Code, long Version, string Name, string? WorkCenter, EquipmentKind Kind, string Calendar,
    DateTimeOffset? RetiredAt, string? OwnCalendar)
{
    internal static UnitView Of(EquipmentUnit unit) =>
        new(
            unit.Code, unit.Version, unit.Name, unit.WorkCenter, unit.Kind, unit.Calendar, unit.RetiredAt,
            unit.OwnCalendar);
}
