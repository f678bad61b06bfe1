using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Genealogy;

/// <summary>A lot that was reached from another.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Order">The order through which it was reached.</param>
/// <param name="Quantity">How much that order used: of this lot when walking up, of the one it came from when walking down.</param>
/// <param name="Depth">Steps from the lot that was asked for.</param>
/// <param name="FromMaterial">Material code of the lot one step nearer to the one that was asked for.</param>
/// <param name="FromLot">Number of that lot.</param>
public sealed record TracedLot(
    string Material, string Lot, string Order, decimal Quantity, int Depth, string FromMaterial, string FromLot);

/// <summary>Where a lot went (down) and what it was made of (up): every edge once, also where edges form a cycle.</summary>
static class GenealogyEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/genealogy/up", Trace(Up)).RequireAuthorization(Permissions.ReadWorkOrders);
        api.MapGet("/genealogy/down", Trace(Down)).RequireAuthorization(Permissions.ReadWorkOrders);
    }

    static Delegate Trace(string sql) => async (Code material, Code lot, [AsParameters] PageRequest page,
        ServiceDatabase<WorkOrdersDb> database, CancellationToken ct) =>
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<TracedLot>(new CommandDefinition(
            sql, new { material, lot, after = page.AfterNumber(), limit = page.Size + 1 }, cancellationToken: ct));
        return Page.Counted(rows.AsList(), page);
    };

    const string Up = $"""
        {Walk} (
            SELECT i.material, i.lot FROM work_order w JOIN issue i ON i.order_number = w.number
            WHERE w.product = t.material AND w.lot = t.lot
            GROUP BY i.material, i.lot, w.number HAVING sum(i.quantity) > 0) step
        {Nearest}
        SELECT i.material, i.lot, w.number AS "order", sum(i.quantity) AS quantity, t.depth + 1 AS depth,
               t.material AS from_material, t.lot AS from_lot
        FROM nearest t JOIN work_order w ON w.product = t.material AND w.lot = t.lot JOIN issue i ON i.order_number = w.number
        GROUP BY i.material, i.lot, w.number, t.depth, t.material, t.lot
        {Order}
        """;

    const string Down = $"""
        {Walk} (
            SELECT w.product AS material, w.lot FROM issue i JOIN work_order w ON w.number = i.order_number
            WHERE i.material = t.material AND i.lot = t.lot
            GROUP BY w.product, w.lot, w.number HAVING sum(i.quantity) > 0) step
        {Nearest}
        SELECT w.product AS material, w.lot, w.number AS "order", sum(i.quantity) AS quantity, t.depth + 1 AS depth,
               t.material AS from_material, t.lot AS from_lot
        FROM nearest t JOIN issue i ON i.material = t.material AND i.lot = t.lot JOIN work_order w ON w.number = i.order_number
        GROUP BY w.product, w.lot, w.number, t.depth, t.material, t.lot
        {Order}
        """;

    // First the lots that can be reached, at most 100 steps away; a cycle comes by the same lots again and ends there
    const string Walk = """
        WITH RECURSIVE traced AS (
            SELECT @material::text AS material, @lot::text AS lot, 0 AS depth
            UNION
            SELECT step.material, step.lot, t.depth + 1 FROM traced t CROSS JOIN LATERAL
        """;

    // Then every edge from each of them once, as seen from where it is nearest; what went back to stock is no edge
    const string Nearest = """
            WHERE t.depth < 100),
        nearest AS (SELECT material, lot, min(depth) AS depth FROM traced GROUP BY material, lot)
        """;

    const string Order = """
        HAVING sum(i.quantity) > 0
        ORDER BY depth, material, lot, "order", from_material, from_lot OFFSET @after LIMIT @limit
        """;
}
