using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Equipment.Features.Intervals;

/// <summary>A time during which state and sources of a unit stay the same.</summary>
/// <param name="StartsAt">Start, UTC; what begins before the time asked for is not cut.</param>
/// <param name="EndsAt">End, UTC; null while it goes on.</param>
/// <param name="State">The state of highest priority that was reported for this time.</param>
/// <param name="MinutesWithin">Minutes of it in the time asked for, of what goes on until now.</param>
/// <param name="Sources">What says so: the reports of a run or setup, the downtimes of a breakdown.</param>
public sealed record IntervalView(
    DateTimeOffset StartsAt, DateTimeOffset? EndsAt, EquipmentState State, decimal MinutesWithin,
    IReadOnlyList<SourceView> Sources);

/// <summary>A record and its address.</summary>
/// <param name="Id">Id of the record.</param>
/// <param name="Address">Where it can be read.</param>
/// <param name="Order">Number of the order that was worked on, or null.</param>
/// <param name="Operation">Code of its operation, or null.</param>
/// <param name="Reasons">Codes of the reasons that a downtime has in the interval, none where nobody has said one.</param>
public sealed record SourceView(Guid Id, string Address, string? Order, string? Operation, IReadOnlyList<string> Reasons);

static class ListIntervalsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}/intervals", Handle).Named("listIntervals", "List what a unit did, without gaps")
            .RequireAuthorization(Permissions.ReadEquipment);

    const string PageSql = """
        SELECT starts_at, ends_at, state, record_ids FROM state_tile
        WHERE equipment = $1 AND starts_at < $3 AND (ends_at > $2 OR ends_at IS NULL) AND starts_at > $4
          AND starts_at >= coalesce(
              (SELECT max(starts_at) FROM state_tile WHERE equipment = $1 AND starts_at <= $2), $2)
        ORDER BY starts_at LIMIT $5
        """;

    const string ReportsSql =
        "SELECT report_id, order_number, operation_code FROM production_report WHERE report_id = ANY($1)";

    /// <summary>The earliest first.</summary>
    static async Task<Page<IntervalView>> Handle(
        Code code, [AsParameters] TimeWindow window, [AsParameters] PageRequest page, EquipmentDb db,
        ServiceDatabase<EquipmentDb> database, TimeProvider clock, CancellationToken ct)
    {
        await db.RequireUnit(code, ct);
        var after = PageKey.Parse(page).At;
        var now = clock.GetUtcNow();
        var range = window.RangeAt(now);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var tiles = await connection.Query(
            Sql.Statement(PageSql, Sql.Text(code), Sql.Time(range.Start), Sql.Time(range.EndOrMax), Sql.Time(after),
                Sql.Integer(page.Size + 1)),
            Tiles.Read, ct);
        var records = tiles.SelectMany(tile => tile.RecordIds).Distinct().ToArray();
        var reports = (await connection.Query(Sql.Statement(ReportsSql, Sql.Uuids(records)), Report.Read, ct))
            .ToDictionary(report => report.Id);
        var stops = await db.Downtimes.AsNoTracking().Where(stop => records.Contains(stop.Id))
            .ToDictionaryAsync(stop => stop.Id, ct);
        return Page.Of(
            [.. tiles.Select(tile => new IntervalView(
                tile.Time.Start, tile.Time.End, tile.State, MinutesWithin(tile, range, now),
                [.. tile.RecordIds.Select(id =>
                    stops.TryGetValue(id, out var stop) ? Source(stop, tile) : Source(reports[id]))]))],
            page.Size, interval => PageKey.Format(interval.StartsAt, Guid.Empty));
    }

    static SourceView Source(Report report) =>
        new(report.Id, $"/api/equipment/reports/{report.Id}", report.Order, report.Operation, []);

    static SourceView Source(Downtime stop, StateTile tile) => new(
        stop.Id, $"/api/equipment/downtimes/{stop.Id}", stop.OrderNumber, stop.OperationCode,
        [.. stop.PartTimes().Where(part => part.Time.Overlaps(tile.Time))
            .Select(part => part.Reason).OfType<string>().Distinct()]);

    static decimal MinutesWithin(StateTile tile, TimeRange window, DateTimeOffset now)
    {
        var passed = tile.Time.IsOngoing
            ? tile.Time.Intersect(TimeRange.Until(DateTimeOffset.MinValue, now))
            : tile.Time;
        return (decimal)(passed?.Intersect(window)?.Length ?? TimeSpan.Zero).Ticks / TimeSpan.TicksPerMinute;
    }

    sealed record Report(Guid Id, string Order, string Operation)
    {
        internal static Report Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetString(2));
    }
}
