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

    // A counter-report counts in the hour of the report that it undoes, as it does in its shift
    const string HoursSql = """
        SELECT r.equipment, floor(extract(epoch FROM coalesce(o.last_instant, r.last_instant) - s.start) / 3600)::int, sum(r.good)
        FROM unnest($1::text[], $2::timestamptz[]) AS s (equipment, start)
        JOIN production_report r ON r.equipment = s.equipment AND r.last_instant >= s.start
        LEFT JOIN production_report o ON o.report_id = r.reverses AND o.equipment = r.equipment
        WHERE coalesce(o.last_instant, r.last_instant) >= s.start
        GROUP BY 1, 2
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
        var made = await Made(connection, shifts, now, ct);
        var good = (await connection.Query(
            Sql.Statement(
                HoursSql, Sql.Texts([.. shifts.Select(s => s.Unit)]), Sql.Times(shifts.Select(s => s.Shift.Time.Start))),
            row => (Unit: row.GetString(0), Hour: row.GetInt32(1), Good: row.GetDecimal(2)), ct))
            .ToDictionary(row => (row.Unit, row.Hour), row => row.Good);
        return shifts.ToDictionary(
            s => s.Unit, s => Of(s.Shift, made[s.Unit], units[s.Unit], hour => good.GetValueOrDefault((s.Unit, hour)), now));
    }

    static async Task<Dictionary<string, KpiInputs>> Made(
        NpgsqlConnection connection, (string Unit, Shift Shift)[] shifts, DateTimeOffset now, CancellationToken ct)
    {
        var made = new Dictionary<string, KpiInputs>();
        await using var batch = await connection.Batch(
            shifts.SelectMany(s => ShiftInputs.Statements(s.Unit, new(s.Shift.Time.Start, now))), ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var (unit, shift) in shifts)
        {
            made[unit] = (await ShiftInputs.Read(reader, shift, new(shift.Time.Start, now), ct)).Inputs;
            await reader.NextResultAsync(ct);
        }
        return made;
    }

    static ShiftOutput Of(
        Shift shift, KpiInputs made, IReadOnlyList<UnitWork> work, Func<int, decimal> goodIn, DateTimeOffset now)
    {
        var seconds = Domain.ShiftTarget.SecondsPerPiece(made.Products, [.. work.Select(one => one.RunSecondsPerUnit)]);
        return new(
            shift.Code, shift.Time.Start, shift.Time.EndOrMax, seconds, PiecesIn(new(shift.Time.Start, now)),
            PiecesIn(shift.Time), made.Good, made.Scrap,
            [.. Hours().Select((hour, index) => new HourOutput(hour.Start, hour.EndOrMax, PiecesIn(hour), goodIn(index)))]);

        decimal? PiecesIn(TimeRange time) => Domain.ShiftTarget.Pieces(shift.PlannedBusyTimeWithin(time), seconds);

        IEnumerable<TimeRange> Hours()
        {
            for (var start = shift.Time.Start; start < now; start += Hour)
                yield return new TimeRange(start, start + Hour < now ? start + Hour : now);
        }
    }
}
