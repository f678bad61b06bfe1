using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Npgsql;

namespace Mes.Equipment.Features.Floor;

/// <summary>An hour of a shift; the last so far may be shorter.</summary>
/// <param name="StartsAt">From, UTC.</param>
/// <param name="EndsAt">Until, UTC.</param>
/// <param name="Target">Pieces that fit into its planned time; null where nothing says how long one takes.</param>
/// <param name="Good">Good pieces reported in it.</param>
public sealed record HourOutput(DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal? Target, decimal Good);

/// <summary>What a unit has made in the shift that goes on, against what it should have.</summary>
/// <param name="Shift">Code of the shift.</param>
/// <param name="StartsAt">When it began, UTC.</param>
/// <param name="EndsAt">When it ends, UTC.</param>
/// <param name="SecondsPerPiece">Planned time of a piece of what is made, or null.</param>
/// <param name="Target">
/// Good pieces until now if it had run as planned through all planned time (A = E = Q = 1, ISO 22400), or null.
/// </param>
/// <param name="ShiftTarget">The same for the whole shift, or null.</param>
/// <param name="Good">Good pieces of the shift.</param>
/// <param name="Scrap">Scrapped pieces of the shift.</param>
/// <param name="Hours">Hour by hour until now.</param>
public sealed record ShiftOutput(
    string Shift, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal? SecondsPerPiece, decimal? Target,
    decimal? ShiftTarget, decimal Good, decimal Scrap, IReadOnlyList<HourOutput> Hours)
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Pieces belong to the shift, and to its hour, in which their report ended; those of a counter-report to where the report is
    // that it undoes (see ShiftInputs)
    const string HoursSql = """
        SELECT r.equipment, floor(extract(epoch FROM coalesce(o.last_instant, r.last_instant) - s.start) / 3600)::int,
               r.product, r.run_seconds_per_unit, sum(r.good + r.scrap + r.nonconforming), sum(r.good), sum(r.scrap)
        FROM unnest($1::text[], $2::timestamptz[]) AS s (equipment, start)
        JOIN production_report r ON r.equipment = s.equipment AND r.last_instant >= s.start
        LEFT JOIN production_report o ON o.report_id = r.reverses AND o.equipment = r.equipment
        WHERE coalesce(o.last_instant, r.last_instant) >= s.start
        GROUP BY 1, 2, 3, 4
        """;

    /// <summary>That of each of these units for which a shift goes on.</summary>
    // SQL: rows read by position from statements that each connection prepares once; see Sql
    internal static async Task<Dictionary<string, ShiftOutput>> Read(
        NpgsqlConnection connection, IReadOnlyDictionary<string, IReadOnlyList<UnitWork>> units, DateTimeOffset now,
        CancellationToken ct)
    {
        var calendars = await UnitCalendars.Read(connection, [.. units.Keys], ct);
        var shifts = (from unit in units.Keys
                      let shift = calendars.Of(unit).ShiftAt(now)
                      where shift is not null
                      select (Unit: unit, Shift: shift)).ToArray();
        if (shifts.Length == 0) return [];
        var made = (await connection.Query(
            Sql.Statement(
                HoursSql, Sql.Texts([.. shifts.Select(s => s.Unit)]), Sql.Times(shifts.Select(s => s.Shift.Time.Start))),
            row => (Unit: row.GetString(0), Made: new Made(row.GetInt32(1), new ProductOutput(
                row.GetString(2), row.NumberOrNull(3), row.GetDecimal(4), row.GetDecimal(5), row.GetDecimal(6)))), ct))
            .ToLookup(row => row.Unit, row => row.Made);
        return shifts.ToDictionary(s => s.Unit, s => Of(s.Shift, [.. made[s.Unit]], units[s.Unit], now));
    }

    /// <summary>What was made of a product in an hour of the shift, counted from 0.</summary>
    readonly record struct Made(int Hour, ProductOutput Output);

    static ShiftOutput Of(Shift shift, Made[] made, IReadOnlyList<UnitWork> work, DateTimeOffset now)
    {
        var seconds = Domain.ShiftTarget.SecondsPerPiece(
            [.. made.Select(one => one.Output)], [.. work.Select(one => one.RunSecondsPerUnit)]);
        return new(
            shift.Code, shift.Time.Start, shift.Time.EndOrMax, seconds, PiecesIn(new(shift.Time.Start, now)),
            PiecesIn(shift.Time), made.Sum(one => one.Output.Good), made.Sum(one => one.Output.Scrap),
            [.. Hours().Select((hour, index) => new HourOutput(hour.Start, hour.EndOrMax, PiecesIn(hour),
                made.Where(one => one.Hour == index).Sum(one => one.Output.Good)))]);

        decimal? PiecesIn(TimeRange time) => Domain.ShiftTarget.Pieces(shift.PlannedBusyTimeWithin(time), seconds);

        IEnumerable<TimeRange> Hours()
        {
            for (var start = shift.Time.Start; start < now; start += Hour)
                yield return new TimeRange(start, start + Hour < now ? start + Hour : now);
        }
    }
}
