using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;

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
public sealed record SourceView(Guid Id, string Address);

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
        return Page.Of([.. tiles.Select(tile => View(tile, range, now))], page.Size,
            interval => PageKey.Format(interval.StartsAt, Guid.Empty));
    }

    static IntervalView View(StateTile tile, TimeRange window, DateTimeOffset now) => new(
        tile.Time.Start, tile.Time.End, tile.State, MinutesWithin(tile, window, now),
        [.. tile.RecordIds.Select(id => new SourceView(id, Address(tile.State, id)))]);

    static decimal MinutesWithin(StateTile tile, TimeRange window, DateTimeOffset now)
    {
        var passed = tile.Time.IsOngoing
            ? tile.Time.Intersect(TimeRange.Until(DateTimeOffset.MinValue, now))
            : tile.Time;
        return (decimal)(passed?.Intersect(window)?.Length ?? TimeSpan.Zero).Ticks / TimeSpan.TicksPerMinute;
    }

    static string Address(EquipmentState state, Guid id) => state == EquipmentState.Breakdown
        ? $"/api/equipment/downtimes/{id}"
        : $"/api/equipment/reports/{id}";
}
