using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Equipment.Features.Oee;

/// <summary>One shift of a unit, with the way down to what it is made of.</summary>
/// <param name="Shift">Identity: date and code.</param>
/// <param name="StartsAt">Start, UTC.</param>
/// <param name="EndsAt">End, UTC.</param>
/// <param name="CountedFrom">From when it counts, UTC: later than its start where the time asked for cuts it.</param>
/// <param name="CountedTo">
/// Until when it counts, UTC: earlier than its end where the time asked for cuts it, while it goes on, and where the
/// unit was retired meanwhile.
/// </param>
/// <param name="IsOver">False while it goes on: the figures are of what has passed.</param>
/// <param name="Version">
/// Version of the stored figures; null where only a part of it is counted, and where nothing was reported.
/// </param>
/// <param name="Figures">The figures and their inputs.</param>
/// <param name="Intervals">Address of the states its times are made of.</param>
/// <param name="Reports">Address of the reports its pieces are made of.</param>
public sealed record ShiftOee(
    string Shift, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset CountedFrom, DateTimeOffset CountedTo,
    bool IsOver, int? Version, FiguresView Figures, string Intervals, string Reports);

/// <summary>
/// A unit over the shifts of a time, the sum of their inputs. Of a shift that lies in it in part, that part counts.
/// </summary>
/// <param name="Equipment">Code.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="Figures">The figures and their inputs.</param>
/// <param name="IsUpToDate">False while changes wait to be computed.</param>
/// <param name="Shifts">The shifts that have begun and lie in the time asked for, at least in part.</param>
public sealed record UnitOee(
    string Equipment, string Name, FiguresView Figures, bool IsUpToDate, IReadOnlyList<ShiftOee> Shifts);

/// <summary>A unit as a part of its plant.</summary>
/// <param name="Equipment">Code.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="Figures">The figures and their inputs.</param>
/// <param name="Shifts">Address of the unit's shifts.</param>
public sealed record PlantUnitOee(string Equipment, string Name, FiguresView Figures, string Shifts);

/// <summary>
/// The plant: the sum of its units' inputs. Of a shift that lies in the time asked for in part, that part counts.
/// </summary>
/// <param name="Figures">The figures and their inputs.</param>
/// <param name="IsUpToDate">False while changes wait to be computed.</param>
/// <param name="Units">What it is made of.</param>
public sealed record PlantOee(FiguresView Figures, bool IsUpToDate, IReadOnlyList<PlantUnitOee> Units);

static class ReadOeeEndpoint
{
    /// <summary>How many units times days one answer is made of.</summary>
    const int UnitDaysMax = 20_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/oee", Plant).RequireAuthorization(Permissions.ReadEquipment);
        api.MapGet("/units/{code}/oee", Unit).RequireAuthorization(Permissions.ReadEquipment);
    }

    static async Task<UnitOee> Unit(
        Code code, [AsParameters] TimeWindow window, EquipmentDb db, ReadConnection read, TimeProvider clock,
        CancellationToken ct)
    {
        var unit = await db.RequireUnit(code, ct);
        await using var connection = await read.Open(ct);
        var now = clock.GetUtcNow();
        var readings = (await Read(connection, [unit], window.RangeAt(now), now, ct))[code];
        return new UnitOee(
            code, unit.Name, Sum(readings), await IsUpToDate(connection, code, ct),
            [.. readings.Select(reading => View(code, reading, now))]);
    }

    static async Task<PlantOee> Plant(
        [AsParameters] TimeWindow window, EquipmentDb db, ReadConnection read, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var range = window.RangeAt(now);
        var units = await db.Units.AsNoTracking().OrderBy(unit => unit.Code).ToListAsync(ct);
        RequireBounded(range, units.Count);
        await using var connection = await read.Open(ct);
        var readings = await Read(connection, units, range, now, ct);
        return new PlantOee(
            Sum(readings.Values.SelectMany(shifts => shifts)),
            await IsUpToDate(connection, null, ct),
            [.. units.Select(unit => new PlantUnitOee(
                unit.Code, unit.Name, Sum(readings[unit.Code]),
                $"{Address(unit.Code)}/oee{TimeWindows.Query(range.Start, range.EndOrMax)}"))]);
    }

    /// <exception cref="RuleViolation">Too many shifts for one answer (400).</exception>
    static void RequireBounded(TimeRange range, int units)
    {
        var daysMax = UnitDaysMax / Math.Max(1, units);
        if ((range.EndOrMax - range.Start).TotalDays > Math.Max(1, daysMax))
            throw RuleViolation.Malformed("window-too-long",
                "Ask for fewer days, or for one unit: an answer covers a bounded number of units times days.",
                ("units", units), ("daysMax", Math.Max(1, daysMax)));
    }

    static async Task<IReadOnlyDictionary<string, List<ShiftReading>>> Read(
        NpgsqlConnection connection, IReadOnlyCollection<EquipmentUnit> units, TimeRange range, DateTimeOffset now,
        CancellationToken ct)
    {
        var calendars = await CalendarBook.Read(connection, [.. units.Select(unit => unit.Code)], ct);
        return await new OeeReading(connection, calendars, now).Read(units, range, ct);
    }

    static FiguresView Sum(IEnumerable<ShiftReading> readings) =>
        FiguresView.Of(KpiInputs.Sum(readings.Select(reading => reading.Inputs)));

    static ShiftOee View(string code, ShiftReading reading, DateTimeOffset now)
    {
        var (start, end) = (reading.Shift.Time.Start, reading.Shift.Time.EndOrMax);
        var (from, to) = (reading.Counted.Start, reading.Counted.EndOrMax);
        var window = TimeWindows.Query(from, to);
        return new(
            reading.Shift.Id, start, end, from, to, end <= now, reading.Version, FiguresView.Of(reading.Inputs),
            $"{Address(code)}/intervals{window}", $"{Address(code)}/reports{window}");
    }

    static string Address(string code) => $"/api/equipment/units/{Uri.EscapeDataString(code)}";

    static async Task<bool> IsUpToDate(NpgsqlConnection connection, string? equipment, CancellationToken ct) =>
        (await connection.Query(
            Sql.Statement(
                "SELECT NOT EXISTS (SELECT FROM figure_dirty WHERE $1 IS NULL OR equipment = $1)", Sql.Text(equipment)),
            row => row.GetBoolean(0), ct)).Single();
}
