using Dapper;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Messaging;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features;

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

/// <summary>Where a lot went (down) and what it was made of (up); a cycle ends the walk.</summary>
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

    const string Start = """
        WITH RECURSIVE traced AS (
            SELECT @material::text AS material, @lot::text AS lot, NULL::text AS via, 0::numeric AS quantity,
                NULL::text AS from_material, NULL::text AS from_lot, 0 AS depth
            UNION
        """;

    const string Up = $"""
        {Start}
            SELECT used.material, used.lot, w.number, used.quantity, t.material, t.lot, t.depth + 1
            FROM traced t JOIN work_order w ON w.product = t.material AND w.lot = t.lot
            CROSS JOIN LATERAL (
                SELECT i.material, i.lot, sum(i.quantity) AS quantity FROM issue i WHERE i.order_number = w.number
                GROUP BY i.material, i.lot HAVING sum(i.quantity) > 0) used
        {Edges}
        """;

    const string Down = $"""
        {Start}
            SELECT w.product, w.lot, w.number, used.quantity, t.material, t.lot, t.depth + 1
            FROM traced t CROSS JOIN LATERAL (
                SELECT i.order_number, sum(i.quantity) AS quantity FROM issue i WHERE i.material = t.material AND i.lot = t.lot
                GROUP BY i.order_number HAVING sum(i.quantity) > 0) used
            JOIN work_order w ON w.number = used.order_number
        {Edges}
        """;

    // Distinct edges, so that a lot reached on many ways counts once; what went back to stock is no edge. A cycle ends at
    // the deepest step, its edges shown once.
    const string Edges = """
            WHERE t.depth < 100
        )
        SELECT material, lot, via AS "order", quantity, min(depth) AS depth, from_material, from_lot
        FROM traced WHERE depth > 0 AND (material, lot) <> (@material, @lot)
        GROUP BY material, lot, via, quantity, from_material, from_lot
        ORDER BY depth, material, lot, via, from_material, from_lot OFFSET @after LIMIT @limit
        """;
}
