using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Features.Oee;

/// <summary>What the figures of a unit and of the plant share.</summary>
static class OeeReadings
{
    /// <summary>How many units times days one answer is made of.</summary>
    const int UnitDaysMax = 20_000;

    /// <exception cref="RuleViolation">Too many shifts for one answer (400).</exception>
    public static void RequireBounded(TimeRange range, int units)
    {
        var daysMax = UnitDaysMax / Math.Max(1, units);
        if ((range.EndOrMax - range.Start).TotalDays > Math.Max(1, daysMax))
            throw RuleViolation.Malformed("window-too-long",
                "Ask for fewer days, or for one unit: an answer covers a bounded number of units times days.",
                ("units", units), ("daysMax", Math.Max(1, daysMax)));
    }

    public static async Task<IReadOnlyDictionary<string, List<ShiftReading>>> Read(
        NpgsqlConnection connection, IReadOnlyCollection<EquipmentUnit> units, TimeRange range, DateTimeOffset now,
        CancellationToken ct)
    {
        var calendars = await UnitCalendars.Read(connection, [.. units.Select(unit => unit.Code)], ct);
        return await new OeeReader(connection, calendars, now).Read(units, range, ct);
    }

    public static FiguresView Sum(IEnumerable<ShiftReading> readings) =>
        FiguresView.Of(KpiInputs.Sum(readings.Select(reading => reading.Inputs)));

    public static string Address(string code) => $"/api/equipment/units/{Uri.EscapeDataString(code)}";

    // SQL: rows read by position from statements that each connection prepares once; see Sql
    public static async Task<bool> IsUpToDate(NpgsqlConnection connection, string? equipment, CancellationToken ct) =>
        (await connection.Query(
            Sql.Statement(
                "SELECT NOT EXISTS (SELECT FROM figure_dirty WHERE $1 IS NULL OR equipment = $1)", Sql.Text(equipment)),
            row => row.GetBoolean(0), ct)).Single();
}
