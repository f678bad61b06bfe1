using Mes.Equipment.Data;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Equipment.Features.Summary;

/// <summary>What an equipment unit has done in the time asked for.</summary>
/// <param name="Equipment">Code.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="RunMinutes">Minutes in state run within that time; of an ongoing state until now.</param>
/// <param name="SetupMinutes">Minutes in state setup.</param>
/// <param name="BreakdownMinutes">Minutes in state breakdown.</param>
/// <param name="NotReportedMinutes">Minutes between first and last report of which nobody said anything.</param>
/// <param name="Good">Good pieces of the work that ended in that time.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that waited for a decision by Quality.</param>
public sealed record UnitSummary(
    string Equipment, string Name, decimal RunMinutes, decimal SetupMinutes, decimal BreakdownMinutes,
    decimal NotReportedMinutes, decimal Good, decimal Scrap, decimal Nonconforming);

static class SummarizeEquipmentEndpoint
{
    // Each unit's tiles and reports of the time alone, by their keys
    const string SummarySql = """
        SELECT u.code, u.name, m.run, m.setup, m.breakdown, m.not_reported, p.good, p.scrap, p.nonconforming
        FROM (SELECT code, name FROM equipment_unit WHERE code > $4 ORDER BY code LIMIT $5) u
        CROSS JOIN LATERAL (
            SELECT trim_scale(coalesce(sum(seconds) FILTER (WHERE state = 'Run'), 0) / 60) AS run,
                   trim_scale(coalesce(sum(seconds) FILTER (WHERE state = 'Setup'), 0) / 60) AS setup,
                   trim_scale(coalesce(sum(seconds) FILTER (WHERE state = 'Breakdown'), 0) / 60) AS breakdown,
                   trim_scale(coalesce(sum(seconds) FILTER (WHERE state = 'NotReported'), 0) / 60) AS not_reported
            FROM (
                SELECT state, greatest(0, extract(epoch FROM
                    least(coalesce(ends_at, greatest($3, starts_at)), $2) - greatest(starts_at, $1))) AS seconds
                FROM state_tile
                WHERE equipment = u.code AND starts_at < $2 AND (ends_at > $1 OR ends_at IS NULL)
                  AND starts_at >= coalesce(
                      (SELECT max(starts_at) FROM state_tile WHERE equipment = u.code AND starts_at <= $1), $1)) tile) m
        CROSS JOIN LATERAL (
            SELECT trim_scale(coalesce(sum(good), 0)) AS good, trim_scale(coalesce(sum(scrap), 0)) AS scrap,
                   trim_scale(coalesce(sum(nonconforming), 0)) AS nonconforming
            FROM production_report WHERE equipment = u.code AND last_instant >= $1 AND last_instant < $2) p
        ORDER BY u.code
        """;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/summary", Handle).Named("summarizeEquipment", "Sum up times and pieces of each unit")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>In the order of the codes of the units.</summary>
    static async Task<Page<UnitSummary>> Handle(
        [AsParameters] TimeWindow window, [AsParameters] PageRequest page, ServiceDatabase<EquipmentDb> database,
        TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (from, to) = window.At(now);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var rows = await connection.Query(
            Sql.Statement(SummarySql, Sql.Time(from), Sql.Time(to), Sql.Time(now), Sql.Text(page.After ?? ""),
                Sql.Integer(page.Size + 1)),
            row => new UnitSummary(
                row.GetString(0), row.GetString(1), row.GetDecimal(2), row.GetDecimal(3), row.GetDecimal(4),
                row.GetDecimal(5), row.GetDecimal(6), row.GetDecimal(7), row.GetDecimal(8)), ct);
        return Page.Of(rows, page.Size, unit => unit.Equipment);
    }
}
