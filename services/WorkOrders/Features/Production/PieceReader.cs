using Dapper;
using Mes.Contracts;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Reads what is known of the pieces that a report names. Its order is locked.</summary>
public sealed class PieceReader(WorkOrdersDb db)
{
    /// <summary>Gathers what the pieces and those that are built into them are judged by.</summary>
    public async Task<PieceFacts> Read(
        WorkOrder order, IReadOnlyList<ReportedPiece> pieces, IReadOnlyList<ConsumedLot> consumed, CancellationToken ct)
    {
        var built = consumed.Where(used => used.ComponentSerial is not null).ToList();
        if (pieces.Count == 0 && built.Count == 0)
        {
            return PieceFacts.None;
        }
        await using var found = await db.Connection.QueryMultipleAsync(new CommandDefinition(
            Sql, new
            {
                order = order.Id, order.Product, serials = pieces.Select(piece => piece.Serial).ToArray(),
                materials = built.Select(used => used.Material).ToArray(),
                components = built.Select(used => used.ComponentSerial).ToArray()
            },
            db.Transaction, cancellationToken: ct));
        await found.ReadAsync();        // the locks
        return new PieceFacts
        {
            OrderOf = (await found.ReadAsync<Owner>()).ToDictionary(one => one.Serial, one => (one.OrderId, one.Number)),
            Past = (await found.ReadAsync<PiecePast>()).AsList(),
            Components = (await found.ReadAsync<ComponentPiece>()).AsList()
        };
    }

    sealed record Owner(string Serial, Guid OrderId, string Number);

    const string Sql = """
        -- two orders may want the same piece: the second waits for the first
        SELECT pg_advisory_xact_lock(key)::text FROM (
            SELECT DISTINCT hashtextextended(material || ' ' || serial, 1) AS key
            FROM unnest(@materials, @components) AS c (material, serial) ORDER BY key) AS sorted;
        SELECT s.serial, s.order_id, w.number FROM serial_number s JOIN work_order w ON w.id = s.order_id
        WHERE s.product = @Product AND s.serial = ANY (@serials);
        SELECT p.serial, p.result, p.operation_id, o.code AS operation
        FROM unnest(@serials) AS named (serial)
        JOIN piece_report p ON p.order_id = @order AND p.serial = named.serial
            AND p.serials @> jsonb_build_array(jsonb_build_object('serial', named.serial))
        JOIN operation o ON o.id = p.operation_id ORDER BY o.sequence;
        SELECT s.product, s.serial, w.lot,
               EXISTS (SELECT FROM piece_report p WHERE p.order_id = s.order_id AND p.serial = s.serial
                       AND p.result = 'Scrap'
                       AND p.serials @> jsonb_build_array(jsonb_build_object('serial', s.serial))) AS is_scrapped,
               (SELECT min(b.order_number) FROM built_in b WHERE b.material = s.product AND b.component_serial = s.serial
                AND b.consumed @> jsonb_build_array(jsonb_build_object('material', s.product, 'componentSerial', s.serial)))
                   AS built_into
        FROM unnest(@materials, @components) AS named (material, serial)
        JOIN serial_number s ON s.product = named.material AND s.serial = named.serial
        JOIN work_order w ON w.id = s.order_id;
        """;
}
