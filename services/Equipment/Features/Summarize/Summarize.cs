using Mes.Equipment.Data;
using Mes.Hosting.Auth;

namespace Mes.Equipment.Features;

/// <summary>What an equipment unit has done since its first report.</summary>
/// <param name="Equipment">Code.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="RunMinutes">Minutes in state run; of an ongoing state until now.</param>
/// <param name="SetupMinutes">Minutes in state setup.</param>
/// <param name="BreakdownMinutes">Minutes in state breakdown.</param>
/// <param name="NotReportedMinutes">Minutes between first and last report of which nobody said anything.</param>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that waited for a decision by Quality.</param>
public sealed record UnitSummary(
    string Equipment, string Name, decimal RunMinutes, decimal SetupMinutes, decimal BreakdownMinutes,
    decimal NotReportedMinutes, decimal Good, decimal Scrap, decimal Nonconforming);

static class SummarizeEndpoint
{
    // Reports are many, tiles as well: each is added up once, not per unit.
    const string SummarySql = """
        WITH minutes AS (
            SELECT equipment, state,
                   trim_scale(
                       sum(extract(epoch FROM coalesce(ends_at, greatest($1, starts_at)) - starts_at)) / 60) AS value
            FROM state_tile GROUP BY equipment, state),
        per_unit AS (
            SELECT equipment,
                   max(value) FILTER (WHERE state = 'Run') AS run, max(value) FILTER (WHERE state = 'Setup') AS setup,
                   max(value) FILTER (WHERE state = 'Breakdown') AS down,
                   max(value) FILTER (WHERE state = 'NotReported') AS not_reported
            FROM minutes GROUP BY equipment),
        pieces AS (
            SELECT equipment, trim_scale(sum(good)) AS good, trim_scale(sum(scrap)) AS scrap,
                   trim_scale(sum(nonconforming)) AS nonconforming
            FROM production_report GROUP BY equipment)
        SELECT u.code, u.name,
               coalesce(m.run, 0), coalesce(m.setup, 0), coalesce(m.down, 0), coalesce(m.not_reported, 0),
               coalesce(p.good, 0), coalesce(p.scrap, 0), coalesce(p.nonconforming, 0)
        FROM equipment_unit u LEFT JOIN per_unit m ON m.equipment = u.code LEFT JOIN pieces p ON p.equipment = u.code
        ORDER BY u.code
        """;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/summary", Handle).RequireAuthorization(Permissions.ReadEquipment);

    static async Task<IReadOnlyList<UnitSummary>> Handle(ReadConnection read, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await read.Open(ct);
        return await connection.Query(
            Sql.Statement(SummarySql, Sql.Time(clock.GetUtcNow())),
            row => new UnitSummary(
                row.GetString(0), row.GetString(1), row.GetDecimal(2), row.GetDecimal(3), row.GetDecimal(4),
                row.GetDecimal(5), row.GetDecimal(6), row.GetDecimal(7), row.GetDecimal(8)), ct);
    }
}
