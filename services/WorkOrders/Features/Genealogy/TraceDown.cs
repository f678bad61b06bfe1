using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Genealogy;

/// <summary>Where a lot went.</summary>
static class TraceDownEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/genealogy/down", Handle).Named("traceDown", "Trace a lot down to what it went into")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The nearest first.</summary>
    static Task<Page<TracedLot>> Handle([AsParameters] TraceStart start, [AsParameters] PageRequest page,
        ServiceDatabase<WorkOrdersDb> database, CancellationToken ct) => LotTrace.Read(Step, start, page, database, ct);

    // A piece that reports say was built in went nowhere else
    const string Step = $"""
        SELECT b.product AS material, b.product_lot AS lot, b.serial, b.order_number AS "order", sum(b.quantity) AS quantity
        FROM built_in b
        WHERE b.material = t.material AND b.lot = t.lot AND coalesce(b.component_serial = t.serial, true)
          AND b.consumed @> jsonb_build_array(jsonb_build_object('material', t.material, 'lot', t.lot))
        GROUP BY b.product, b.product_lot, b.serial, b.order_number
        UNION ALL
        SELECT w.product, w.lot, NULL, w.number, {LotTrace.Rest}
        FROM (SELECT material, lot, order_number, sum(quantity) AS quantity FROM issue
              WHERE material = t.material AND lot = t.lot GROUP BY material, lot, order_number) i
        JOIN work_order w ON w.number = i.order_number
        WHERE {LotTrace.Rest} > 0 AND (t.serial IS NULL OR NOT EXISTS (
            SELECT FROM built_in b WHERE b.material = t.material AND b.component_serial = t.serial AND b.consumed
                @> jsonb_build_array(jsonb_build_object('material', t.material, 'componentSerial', t.serial))))
        """;
}
