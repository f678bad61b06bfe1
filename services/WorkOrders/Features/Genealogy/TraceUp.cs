using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Genealogy;

/// <summary>What a lot was made of.</summary>
static class TraceUpEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/genealogy/up", Handle).Named("traceUp", "Trace a lot up to what it was made of")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The nearest first.</summary>
    static Task<Page<TracedLot>> Handle([AsParameters] TraceStart start, [AsParameters] PageRequest page,
        ServiceDatabase<WorkOrdersDb> database, CancellationToken ct) => LotTrace.Read(Step, start, page, database, ct);

    const string Step = $"""
        SELECT b.material, b.lot, b.component_serial AS serial, b.order_number AS "order", sum(b.quantity) AS quantity
        FROM work_order w JOIN built_in b ON b.order_id = w.id
        WHERE w.product = t.material AND w.lot = t.lot AND coalesce(b.serial = t.serial, true)
        GROUP BY b.material, b.lot, b.component_serial, b.order_number
        UNION ALL
        SELECT i.material, i.lot, NULL, w.number, {LotTrace.Rest}
        FROM work_order w CROSS JOIN LATERAL (
            SELECT i.material, i.lot, sum(i.quantity) AS quantity FROM issue i WHERE i.order_number = w.number
            GROUP BY i.material, i.lot) i
        WHERE w.product = t.material AND w.lot = t.lot AND {LotTrace.Rest} > 0
        """;
}
