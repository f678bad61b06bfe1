using Mes.Equipment.Data;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Equipment.Features.Production;

static class ListCountedReportsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}/reports", Handle).Named("listCountedReports", "List the reports that count for a unit")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>The reports whose work ended in the time asked for, the earliest end first.</summary>
    static async Task<Page<CountedReport>> Handle(
        Code code, [AsParameters] TimeWindow window, [AsParameters] PageRequest page, EquipmentDb db,
        ServiceDatabase<EquipmentDb> database, TimeProvider clock, CancellationToken ct)
    {
        await db.RequireUnit(code, ct);
        var (after, id) = PageKey.Parse(page);
        var (from, to) = window.At(clock.GetUtcNow());
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var rows = await connection.Query(
            Sql.Statement(
                $"""
                SELECT {CountedReport.Columns} FROM production_report r
                WHERE r.equipment = $1 AND r.last_instant >= $2 AND r.last_instant < $3
                  AND (r.last_instant, r.report_id) > ($4, $5)
                ORDER BY r.last_instant, r.report_id LIMIT $6
                """,
                Sql.Text(code), Sql.Time(from), Sql.Time(to), Sql.Time(after), Sql.Uuid(id),
                Sql.Integer(page.Size + 1)),
            CountedReport.Read, ct);
        return Page.Of(rows, page.Size, report => PageKey.Format(report.CountedAt, report.ReportId));
    }
}
