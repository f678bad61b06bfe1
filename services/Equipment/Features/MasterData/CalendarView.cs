using Mes.Equipment.Data;

namespace Mes.Equipment.Features.MasterData;

/// <summary>A shift calendar.</summary>
/// <param name="Code">Code, unique; units refer to it.</param>
/// <param name="Definition">Its shifts.</param>
/// <param name="Version">Rises with each change; 0 is the plant's as the installation brings it.</param>
public sealed record CalendarView(string Code, CalendarDefinition Definition, long Version)
{
    internal static CalendarView Of(ShiftCalendarRow row) =>
        new(row.Code, CalendarDefinition.Parse(row.Definition), row.Version);
}
