using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Equipment.Features.Production;

static class ShowCountedReportEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/reports/{id:guid}", Handle).Named("showCountedReport", "Show a report as it counts here")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<CountedReport> Handle(Guid id, ServiceDatabase<EquipmentDb> database, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        // SQL: rows read by position from statements that each connection prepares once; see Sql
        var rows = await connection.Query(
            Sql.Statement($"SELECT {CountedReport.Columns} FROM production_report r WHERE r.report_id = $1", Sql.Uuid(id)),
            CountedReport.Read, ct);
        return rows.SingleOrDefault() ?? throw RuleViolation.NotFound("report", id);
    }
}
