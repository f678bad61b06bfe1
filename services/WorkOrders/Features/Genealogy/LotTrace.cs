using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Genealogy;

/// <summary>A lot that was reached from another.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Order">The order through which it was reached.</param>
/// <param name="Quantity">How much that order used: of this lot when walking up, of the one it came from when walking
/// down.</param>
/// <param name="Depth">Steps from the lot that was asked for.</param>
/// <param name="FromMaterial">Material code of the lot one step nearer to the one that was asked for.</param>
/// <param name="FromLot">Number of that lot.</param>
public sealed record TracedLot(
    string Material, string Lot, string Order, decimal Quantity, int Depth, string FromMaterial, string FromLot);

/// <summary>Walks the genealogy from a lot: every edge once, also where edges form a cycle.</summary>
static class LotTrace
{
    public static async Task<Page<TracedLot>> Read(string sql, Code material, Code lot, PageRequest page,
        ServiceDatabase<WorkOrdersDb> database, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<TracedLot>(new CommandDefinition(
            sql, new { material, lot, after = page.AfterNumber(), limit = page.Size + 1 }, cancellationToken: ct));
        return Page.Counted(rows.AsList(), page);
    }

    // First the lots that can be reached, at most 100 steps away; a cycle comes by the same lots again and ends there
    public const string Walk = """
        WITH RECURSIVE traced AS (
            SELECT @material::text AS material, @lot::text AS lot, 0 AS depth
            UNION
            SELECT step.material, step.lot, t.depth + 1 FROM traced t CROSS JOIN LATERAL
        """;

    // Then every edge from each of them once, as seen from where it is nearest; what went back to stock is no edge
    public const string Nearest = """
            WHERE t.depth < 100),
        nearest AS (SELECT material, lot, min(depth) AS depth FROM traced GROUP BY material, lot)
        """;

    public const string Order = """
        HAVING sum(i.quantity) > 0
        ORDER BY depth, material, lot, "order", from_material, from_lot OFFSET @after LIMIT @limit
        """;
}
