using Mes.Equipment.Data;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;

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

static class ShowUnitOeeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}/oee", Handle).Named("showUnitOee", "Show the OEE of a unit, shift by shift")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<UnitOee> Handle(
        Code code, [AsParameters] TimeWindow window, EquipmentDb db, ServiceDatabase<EquipmentDb> database, TimeProvider clock,
        CancellationToken ct)
    {
        var unit = await db.RequireUnit(code, ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var now = clock.GetUtcNow();
        var isUpToDate = await OeeReadings.IsUpToDate(connection, code, ct);       // before the figures that it tells of
        var readings = (await OeeReadings.Read(connection, [unit], window.RangeAt(now), now, ct))[code];
        return new UnitOee(
            code, unit.Name, OeeReadings.Sum(readings), isUpToDate,
            [.. readings.Select(reading => View(code, reading, now))]);
    }

    static ShiftOee View(string code, ShiftReading reading, DateTimeOffset now)
    {
        var (start, end) = (reading.Shift.Time.Start, reading.Shift.Time.EndOrMax);
        var (from, to) = (reading.Counted.Start, reading.Counted.EndOrMax);
        var window = TimeWindows.Query(from, to);
        return new(
            reading.Shift.Id, start, end, from, to, end <= now, reading.Version, FiguresView.Of(reading.Inputs),
            $"{OeeReadings.Address(code)}/intervals{window}", $"{OeeReadings.Address(code)}/reports{window}");
    }
}
