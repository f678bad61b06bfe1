using Mes.Equipment.Data;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Oee;

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

static class ShowPlantOeeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/oee", Handle).Named("showPlantOee", "Show the OEE of the plant")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<PlantOee> Handle(
        [AsParameters] TimeWindow window, EquipmentDb db, ServiceDatabase<EquipmentDb> database, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var range = window.RangeAt(now);
        var units = await db.Units.AsNoTracking().OrderBy(unit => unit.Code).ToListAsync(ct);
        OeeReadings.RequireBounded(range, units.Count);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var isUpToDate = await OeeReadings.IsUpToDate(connection, null, ct);       // before the figures that it tells of
        var readings = await OeeReadings.Read(connection, units, range, now, ct);
        return new PlantOee(
            OeeReadings.Sum(readings.Values.SelectMany(shifts => shifts)), isUpToDate,
            [.. units.Select(unit => new PlantUnitOee(
                unit.Code, unit.Name, OeeReadings.Sum(readings[unit.Code]),
                $"{OeeReadings.Address(unit.Code)}/oee{TimeWindows.Query(range.Start, range.EndOrMax)}"))]);
    }
}
