using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Summary;

/// <summary>
/// Labour by activity, minutes. It sums per report and stop: where an operator works on several at once, each counts in
/// full. Equipment, where time is tiled, counts such minutes once.
/// </summary>
/// <param name="Run">Of reports of runs.</param>
/// <param name="Setup">Of reports of setups.</param>
/// <param name="Breakdown">Of stops that ended in that time and for which an operator is named; one without is
/// nobody's labour.</param>
public sealed record LabourMinutes(decimal Run, decimal Setup, decimal Breakdown);

/// <summary>
/// The sums of the reports whose work ended in the time asked for; an undone report and its counter-report count in none.
/// </summary>
/// <param name="Reports">Number of reports; Quality's corrections of their pieces are none.</param>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that waited for Quality.</param>
/// <param name="ReworkReports">Number of reports of rework.</param>
/// <param name="LabourMinutes">Labour, minutes; summed per report.</param>
/// <param name="OrdersByStatus">Number of orders by status: those that are open now, and those worked on in that time.</param>
/// <param name="Discrepancies">Number of discrepancies by kind that are open now.</param>
/// <param name="GoodByEquipment">Good pieces by equipment code.</param>
public sealed record WorkSummary(
    int Reports, decimal Good, decimal Scrap, decimal Nonconforming, int ReworkReports, LabourMinutes LabourMinutes,
    IReadOnlyDictionary<string, int> OrdersByStatus, IReadOnlyDictionary<string, int> Discrepancies,
    IReadOnlyDictionary<string, decimal> GoodByEquipment);

static class SummarizeWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/summary", Handle).Named("summarizeWork", "Sum up what was reported")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<WorkSummary> Handle(
        [AsParameters] TimeWindow window, ServiceDatabase<WorkOrdersDb> database, TimeProvider clock, CancellationToken ct)
    {
        var (from, to) = window.At(clock.GetUtcNow());
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var sums = await connection.QuerySingleAsync<Sums>(Within(SumsSql));
        var breakdown = await connection.ExecuteScalarAsync<decimal>(Within(BreakdownSql));
        return new WorkSummary(
            sums.Reports, sums.Good, sums.Scrap, sums.Nonconforming, sums.ReworkReports,
            new LabourMinutes(sums.RunMinutes, sums.SetupMinutes, breakdown),
            await Counts(OrdersSql),
            await Counts("SELECT kind, count(*)::int FROM discrepancy WHERE settled_at IS NULL GROUP BY kind"),
            (await connection.QueryAsync<(string Key, decimal Good)>(Within(
                $"SELECT equipment, sum(good) FROM report WHERE {EndedWithin} GROUP BY equipment")))
            .ToDictionary(row => row.Key, row => row.Good));

        CommandDefinition Within(string sql) => new(sql, new { from, to }, cancellationToken: ct);

        async Task<Dictionary<string, int>> Counts(string sql) =>
            (await connection.QueryAsync<(string Key, int Count)>(Within(sql))).ToDictionary(row => row.Key, row => row.Count);
    }

    // Work belongs where its last instant lies: what ends as a shift does was done in that shift
    internal const string EndedWithin = """
        ended_at >= @from AND ended_at <= @to
        AND greatest(started_at, ended_at - interval '1 microsecond') >= @from
        AND greatest(started_at, ended_at - interval '1 microsecond') < @to
        """;

    const string BreakdownSql = $"""
        SELECT coalesce(sum(extract(epoch FROM ended_at - started_at)) / 60, 0) FROM downtime_labour d
        WHERE operator IS NOT NULL AND {EndedWithin}
          AND NOT EXISTS (SELECT FROM downtime_withdrawn w WHERE w.downtime_id = d.downtime_id)
        """;

    const string OrdersSql = $"""
        SELECT status, count(*)::int FROM (
            SELECT id, status FROM work_order WHERE status IN ('Planned', 'Released', 'OnHold')
            UNION
            SELECT w.id, w.status FROM (SELECT DISTINCT order_id FROM report WHERE {EndedWithin}) r
            JOIN work_order w ON w.id = r.order_id) o
        GROUP BY status
        """;

    const string SumsSql = $"""
        SELECT (count(*) FILTER (WHERE reverses IS NULL AND corrects IS NULL)
                - count(*) FILTER (WHERE reverses IS NOT NULL AND corrects IS NULL))::int AS reports,
               coalesce(sum(good), 0) AS good, coalesce(sum(scrap), 0) AS scrap, coalesce(sum(nonconforming), 0) AS nonconforming,
               coalesce(sum(sign) FILTER (WHERE is_rework), 0)::int AS rework_reports,
               trim_scale(coalesce(sum(seconds * sign) FILTER (WHERE activity = 'Run'), 0) / 60) AS run_minutes,
               trim_scale(coalesce(sum(seconds * sign) FILTER (WHERE activity = 'Setup'), 0) / 60) AS setup_minutes
        FROM (SELECT *, CASE WHEN reverses IS NULL THEN 1 ELSE -1 END AS sign,
                     extract(epoch FROM ended_at - started_at) AS seconds FROM report WHERE {EndedWithin}) r
        """;

    sealed record Sums(
        int Reports, decimal Good, decimal Scrap, decimal Nonconforming, int ReworkReports, decimal RunMinutes,
        decimal SetupMinutes);
}
