using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>Which calendar each equipment goes by.</summary>
sealed class UnitCalendars
{
    readonly Dictionary<string, ShiftCalendar> _byEquipment;

    UnitCalendars(Dictionary<string, ShiftCalendar> byEquipment) => _byEquipment = byEquipment;

    /// <summary>Reads the calendars of some units, or of all.</summary>
    public static async Task<UnitCalendars> Read(NpgsqlConnection connection, string[]? equipment, CancellationToken ct)
    {
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var definitions = (await connection.Query(
                Sql.Statement("SELECT code, definition FROM shift_calendar"),
                row => (Code: row.GetString(0), Json: row.GetString(1)), ct))
            .ToDictionary(
                row => row.Code,
                row => new Lazy<ShiftCalendar>(() => CalendarDefinition.Parse(row.Json).ToCalendar()));
        var units = await connection.Query(
            Sql.Statement(
                "SELECT code, calendar FROM equipment_unit WHERE $1 IS NULL OR code = ANY ($1)", Sql.Texts(equipment)),
            row => (Code: row.GetString(0), Calendar: row.GetString(1)), ct);
        return new(units.ToDictionary(unit => unit.Code, unit => definitions[unit.Calendar].Value));
    }

    public ShiftCalendar Of(string equipment) => _byEquipment[equipment];
}
