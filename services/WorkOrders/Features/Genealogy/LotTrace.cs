using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Genealogy;

/// <summary>A lot, or a piece of it, that was reached from another.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Serial">Serial number of the piece, where reports name it; null for any piece of the lot.</param>
/// <param name="Order">The order through which it was reached.</param>
/// <param name="Quantity">How much that order used: of this lot when walking up, of the one it came from when walking
/// down.</param>
/// <param name="Depth">Steps from the lot that was asked for.</param>
/// <param name="FromMaterial">Material code of the lot one step nearer to the one that was asked for.</param>
/// <param name="FromLot">Number of that lot.</param>
/// <param name="FromSerial">Serial number of the piece of that lot, or null for any.</param>
public sealed record TracedLot(
    string Material, string Lot, string? Serial, string Order, decimal Quantity, int Depth, string FromMaterial, string FromLot,
    string? FromSerial);

/// <summary>Which lot a trace begins at.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Serial">Serial number, for one piece of the lot alone.</param>
public sealed record TraceStart(Code Material, Code Lot, Code? Serial);

/// <summary>
/// Walks the genealogy from a lot or a piece: every edge once, also where edges form a cycle. Where reports say which piece
/// something went into it goes on from that piece; what was handed out beyond that may have gone into any piece of the order.
/// </summary>
static class LotTrace
{
    public static async Task<Page<TracedLot>> Read(
        string step, TraceStart start, PageRequest page, ServiceDatabase<WorkOrdersDb> database, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<TracedLot>(new CommandDefinition(
            Sql(step), new
            {
                material = start.Material.Value, lot = start.Lot.Value, serial = start.Serial?.Value,
                after = page.AfterNumber(), limit = page.Size + 1
            }, cancellationToken: ct));
        return Page.Counted(rows.AsList(), page);
    }

    // First the lots that can be reached, at most 100 steps away; a cycle comes by the same lots again and ends there.
    // Then every edge from each of them once, as seen from where it is nearest; what went back to stock is no edge
    static string Sql(string step) => $"""
        WITH RECURSIVE traced AS (
            SELECT @material::text AS material, @lot::text AS lot, @serial::text AS serial, 0 AS depth
            UNION
            SELECT step.material, step.lot, step.serial, t.depth + 1 FROM traced t CROSS JOIN LATERAL ({step}) step
            WHERE t.depth < 100),
        nearest AS (SELECT material, lot, serial, min(depth) AS depth FROM traced GROUP BY material, lot, serial)
        SELECT step.material, step.lot, step.serial, step."order", step.quantity, t.depth + 1 AS depth,
               t.material AS from_material, t.lot AS from_lot, t.serial AS from_serial
        FROM nearest t CROSS JOIN LATERAL ({step}) step
        ORDER BY depth, material, lot, serial NULLS FIRST, "order", from_material, from_lot, from_serial NULLS FIRST
        OFFSET @after LIMIT @limit
        """;

    /// <summary>How much of a lot an order was handed out beyond what reports say of pieces: of <c>i</c> by <c>w</c>.</summary>
    public const string Rest = """
        i.quantity - coalesce((
            SELECT sum(b.quantity) FROM built_in b
            WHERE b.order_id = w.id AND b.material = i.material AND b.lot = i.lot), 0)
        """;
}
