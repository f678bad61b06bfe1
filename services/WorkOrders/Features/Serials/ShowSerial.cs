using Dapper;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Serials;

static class ShowSerialEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/products/{code}/serials/{serial}", Handle).Named("showSerial", "Show a piece by its serial number")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<PieceView> Handle(
        Code code, Code serial, ServiceDatabase<WorkOrdersDb> database, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var found = await connection.QueryMultipleAsync(new CommandDefinition(
            Sql, new { product = code.Value, serial = serial.Value }, cancellationToken: ct));
        var piece = await found.ReadSingleOrDefaultAsync<Row>() ?? throw RuleViolation.NotFound("serial", serial);
        return new PieceView
        {
            Product = code.Value, Serial = serial.Value, OrderId = piece.OrderId, Order = piece.Number, Lot = piece.Lot,
            State = new PieceSaid(piece.IsScrapped, piece.LastResult, piece.IsLastReceipt, piece.IsBuiltIn).State,
            Sequence = piece.Sequence, AllottedAt = piece.AllottedAt, Steps = (await found.ReadAsync<PieceStep>()).AsList(),
            Components = (await found.ReadAsync<PieceComponent>()).AsList(),
            BuiltInto = await found.ReadFirstOrDefaultAsync<PieceUse>(),
            Labels = (await found.ReadAsync<PieceLabel>()).AsList()
        };
    }

    sealed class Row
    {
        public Guid OrderId { get; init; }
        public string Number { get; init; } = "";
        public string Lot { get; init; } = "";
        public int Sequence { get; init; }
        public DateTimeOffset AllottedAt { get; init; }
        public bool IsScrapped { get; init; }
        public PieceResult? LastResult { get; init; }
        public bool IsLastReceipt { get; init; }
        public bool IsBuiltIn { get; init; }
    }

    const string Piece = "(SELECT order_id FROM serial_number WHERE product = @product AND serial = @serial)";

    const string Sql = $"""
        SELECT s.order_id, w.number, w.lot, s.sequence, s.allotted_at, {PieceSql.Columns}
        FROM serial_number s JOIN work_order w ON w.id = s.order_id {PieceSql.Join}
        WHERE s.product = @product AND s.serial = @serial;

        SELECT r.id AS report_id, o.id AS operation_id, o.sequence, o.code AS operation, u.result, r.is_rework,
               EXISTS (SELECT FROM report c WHERE c.reverses = r.id) AS is_undone, r.scrap_reason, r.equipment, r.operator,
               r.started_at, r.ended_at
        FROM report r JOIN operation o ON o.id = r.operation_id
        CROSS JOIN LATERAL jsonb_to_recordset(r.serials) AS u (serial text, result text)
        WHERE r.order_id = {Piece} AND r.reverses IS NULL AND r.serials <> '[]' AND u.serial = @serial
          AND r.serials @> jsonb_build_array(jsonb_build_object('serial', @serial::text))
        ORDER BY r.ended_at, r.id;

        SELECT b.material, b.lot, b.component_serial AS serial, b.quantity, b.unit, o.code AS operation,
               b.ended_at AS built_in_at
        FROM built_in b JOIN operation o ON o.id = b.operation_id
        WHERE b.order_id = {Piece} AND b.serial = @serial
        ORDER BY b.ended_at, b.material, b.lot, b.component_serial;

        SELECT b.product, b.product_lot AS lot, b.serial, b.order_id, b.order_number AS "order", b.ended_at AS built_in_at
        FROM built_in b WHERE b.material = @product AND b.component_serial = @serial
          AND b.consumed @> jsonb_build_array(jsonb_build_object('material', @product::text, 'componentSerial', @serial::text))
        ORDER BY b.ended_at, b.report_id;

        SELECT p.number, p.printed_at, p.printed_by FROM printed_paper p
        JOIN serial_number s ON s.order_id = p.order_id AND s.product = @product AND s.serial = @serial
        WHERE p.paper = 'UnitLabels' AND p.printed_at >= s.allotted_at
          AND s.sequence BETWEEN coalesce(p.first_piece, 1) AND coalesce(p.last_piece, s.sequence)
        ORDER BY p.number;
        """;
}
