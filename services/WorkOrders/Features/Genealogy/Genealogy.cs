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
/// <param name="Quantity">Quantity used.</param>
/// <param name="Depth">Steps from the lot that was asked for.</param>
public sealed record TracedLot(string Material, string Lot, string Order, decimal Quantity, int Depth);

/// <summary>Where a lot went (down) and what it was made of (up); a cycle ends the walk instead of repeating it.</summary>
static class GenealogyEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/genealogy/up", Trace(Up)).RequireAuthorization(Permissions.ReadWorkOrders);
        api.MapGet("/genealogy/down", Trace(Down)).RequireAuthorization(Permissions.ReadWorkOrders);
    }

    static Delegate Trace(string sql) => async (string material, string lot, [AsParameters] PageRequest page,
        ServiceDatabase<WorkOrdersDb> database, CancellationToken ct) =>
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<TracedLot>(new CommandDefinition(
            sql, new { material, lot, after = page.AfterNumber(), limit = page.Size + 1 }, cancellationToken: ct));
        return Page.Counted(rows.AsList(), page);
    };

    const string Up = """
        WITH RECURSIVE traced AS (
            SELECT @material::text AS material, @lot::text AS lot, NULL::text AS via, 0::numeric AS quantity, 0 AS depth
            UNION ALL
            SELECT i.material, i.lot, w.number, i.quantity, t.depth + 1
            FROM traced t JOIN work_order w ON w.product = t.material AND w.lot = t.lot JOIN issue i ON i.order_number = w.number
            WHERE t.depth < 100
        ) CYCLE material, lot SET is_cycle USING path
        SELECT material, lot, via AS "order", sum(quantity) AS quantity, min(depth) AS depth
        FROM traced WHERE depth > 0 AND NOT is_cycle GROUP BY material, lot, via
        ORDER BY depth, material, lot, via OFFSET @after LIMIT @limit
        """;

    const string Down = """
        WITH RECURSIVE traced AS (
            SELECT @material::text AS material, @lot::text AS lot, NULL::text AS via, 0::numeric AS quantity, 0 AS depth
            UNION ALL
            SELECT w.product, w.lot, w.number, i.quantity, t.depth + 1
            FROM traced t JOIN issue i ON i.material = t.material AND i.lot = t.lot JOIN work_order w ON w.number = i.order_number
            WHERE t.depth < 100
        ) CYCLE material, lot SET is_cycle USING path
        SELECT material, lot, via AS "order", sum(quantity) AS quantity, min(depth) AS depth
        FROM traced WHERE depth > 0 AND NOT is_cycle GROUP BY material, lot, via
        ORDER BY depth, material, lot, via OFFSET @after LIMIT @limit
        """;
}
