using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Npgsql;

namespace Mes.Equipment.Features.Production;

/// <summary>A production report as it was counted here; WorkOrders keeps the report itself.</summary>
/// <param name="ReportId">Identity of the report.</param>
/// <param name="Reverses">The report that this one undoes, or null.</param>
/// <param name="ReversedBy">The counter-report that undoes this one, or null.</param>
/// <param name="Equipment">Code.</param>
/// <param name="Activity">Run or setup.</param>
/// <param name="StartedAt">Start of the work, UTC.</param>
/// <param name="EndedAt">End of the work, UTC.</param>
/// <param name="CountedAt">The last instant of the work: its shift is the one going on then.</param>
/// <param name="Good">Good pieces; negative in a counter-report, as are the others.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that waited for a decision by Quality.</param>
/// <param name="RunSecondsPerUnit">Planned run time per item (ISO 22400 PRI), null where none is known.</param>
/// <param name="Product">Product code.</param>
/// <param name="OrderNumber">Number of the work order.</param>
/// <param name="OperationCode">Its operation.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="IsRework">Whether the work was rework.</param>
public sealed record CountedReport(
    Guid ReportId, Guid? Reverses, Guid? ReversedBy, string Equipment, string Activity, DateTimeOffset StartedAt,
    DateTimeOffset EndedAt, DateTimeOffset CountedAt, decimal Good, decimal Scrap, decimal Nonconforming,
    decimal? RunSecondsPerUnit, string Product, string OrderNumber, string OperationCode, string Operator,
    bool IsRework);

static class ReadReportsEndpoint
{
    const string Columns = """
        r.report_id, r.reverses,
        (SELECT c.report_id FROM production_report c WHERE c.reverses = r.report_id ORDER BY c.report_id LIMIT 1),
        r.equipment, r.activity, r.started_at, r.ended_at, r.last_instant, trim_scale(r.good), trim_scale(r.scrap),
        trim_scale(r.nonconforming), trim_scale(r.run_seconds_per_unit), r.product, r.order_number, r.operation_code,
        r.operator, r.is_rework
        """;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/units/{code}/reports", List).RequireAuthorization(Permissions.ReadEquipment);
        api.MapGet("/reports/{id:guid}", Get).RequireAuthorization(Permissions.ReadEquipment);
    }

    static async Task<CountedReport> Get(Guid id, ReadConnection read, CancellationToken ct)
    {
        await using var connection = await read.Open(ct);
        var rows = await connection.Query(
            Sql.Statement($"SELECT {Columns} FROM production_report r WHERE r.report_id = $1", Sql.Uuid(id)), Read, ct);
        return rows.SingleOrDefault() ?? throw RuleViolation.NotFound("report", id);
    }

    /// <summary>The reports whose work ended in the time asked for.</summary>
    static async Task<Page<CountedReport>> List(
        Code code, [AsParameters] TimeWindow window, [AsParameters] PageRequest page, EquipmentDb db,
        ReadConnection read, TimeProvider clock, CancellationToken ct)
    {
        await db.RequireUnit(code, ct);
        var (after, id) = PageKey.Parse(page);
        var (from, to) = window.At(clock.GetUtcNow());
        await using var connection = await read.Open(ct);
        var rows = await connection.Query(
            Sql.Statement(
                $"""
                SELECT {Columns} FROM production_report r
                WHERE r.equipment = $1 AND r.last_instant >= $2 AND r.last_instant < $3
                  AND (r.last_instant, r.report_id) > ($4, $5)
                ORDER BY r.last_instant, r.report_id LIMIT $6
                """,
                Sql.Text(code), Sql.Time(from), Sql.Time(to), Sql.Time(after), Sql.Uuid(id),
                Sql.Integer(page.Size + 1)),
            Read, ct);
        return Page.Of(rows, page.Size, report => PageKey.Format(report.CountedAt, report.ReportId));
    }

    static CountedReport Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2),
        row.GetString(3), row.GetString(4), row.Instant(5), row.Instant(6), row.Instant(7), row.GetDecimal(8),
        row.GetDecimal(9), row.GetDecimal(10), row.NumberOrNull(11), row.GetString(12), row.GetString(13),
        row.GetString(14), row.GetString(15), row.GetBoolean(16));
}
