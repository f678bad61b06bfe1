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
    static Task<Page<TracedLot>> Handle(Code material, Code lot, [AsParameters] PageRequest page,
        ServiceDatabase<WorkOrdersDb> database, CancellationToken ct) => LotTrace.Read(Sql, material, lot, page, database, ct);

    const string Sql = $"""
        {LotTrace.Walk} (
            SELECT w.product AS material, w.lot FROM issue i JOIN work_order w ON w.number = i.order_number
            WHERE i.material = t.material AND i.lot = t.lot
            GROUP BY w.product, w.lot, w.number HAVING sum(i.quantity) > 0) step
        {LotTrace.Nearest}
        SELECT w.product AS material, w.lot, w.number AS "order", sum(i.quantity) AS quantity, t.depth + 1 AS depth,
               t.material AS from_material, t.lot AS from_lot
        FROM nearest t JOIN issue i ON i.material = t.material AND i.lot = t.lot JOIN work_order w ON w.number = i.order_number
        GROUP BY w.product, w.lot, w.number, t.depth, t.material, t.lot
        {LotTrace.Order}
        """;
}
