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
    static Task<Page<TracedLot>> Handle(Code material, Code lot, [AsParameters] PageRequest page,
        ServiceDatabase<WorkOrdersDb> database, CancellationToken ct) => LotTrace.Read(Sql, material, lot, page, database, ct);

    const string Sql = $"""
        {LotTrace.Walk} (
            SELECT i.material, i.lot FROM work_order w JOIN issue i ON i.order_number = w.number
            WHERE w.product = t.material AND w.lot = t.lot
            GROUP BY i.material, i.lot, w.number HAVING sum(i.quantity) > 0) step
        {LotTrace.Nearest}
        SELECT i.material, i.lot, w.number AS "order", sum(i.quantity) AS quantity, t.depth + 1 AS depth,
               t.material AS from_material, t.lot AS from_lot
        FROM nearest t JOIN work_order w ON w.product = t.material AND w.lot = t.lot JOIN issue i ON i.order_number = w.number
        GROUP BY i.material, i.lot, w.number, t.depth, t.material, t.lot
        {LotTrace.Order}
        """;
}
