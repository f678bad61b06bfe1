using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Reports name pieces and what went into each of them; a print of labels says of which pieces.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612011900_NameUnits")]
sealed class NamePieces : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE report ADD serials jsonb NOT NULL DEFAULT '[]';
            CREATE INDEX report_serials ON report USING gin (serials jsonb_path_ops) WHERE serials <> '[]';
            CREATE INDEX report_consumed ON report USING gin (consumed jsonb_path_ops) WHERE consumed <> '[]';
            CREATE INDEX report_order_consumed ON report (order_id) WHERE consumed <> '[]';
            CREATE INDEX serial_number_search ON serial_number ((lower(serial) COLLATE "C"), serial, product);
            ALTER TABLE printed_paper ADD first_piece integer, ADD last_piece integer;

            -- what reports in force say of each piece
            CREATE VIEW piece_report AS
                SELECT r.order_id, w.product, u.serial, u.result, r.id AS report_id, r.operation_id, r.ended_at,
                       r.serials
                FROM report r JOIN work_order w ON w.id = r.order_id
                CROSS JOIN LATERAL jsonb_to_recordset(r.serials) AS u (serial text, result text)
                WHERE r.serials <> '[]' AND r.reverses IS NULL AND NOT EXISTS (SELECT FROM report c WHERE c.reverses = r.id);

            -- and what they say went into a piece, or which piece went in
            CREATE VIEW built_in AS
                SELECT r.order_id, w.number AS order_number, w.product, w.lot AS product_lot, u.serial, u.material, u.lot,
                       u."componentSerial" AS component_serial, u.quantity, u.unit, r.id AS report_id, r.operation_id,
                       r.ended_at, r.consumed
                FROM report r JOIN work_order w ON w.id = r.order_id
                CROSS JOIN LATERAL jsonb_to_recordset(r.consumed) AS u (
                    material text, lot text, quantity numeric, unit text, serial text, "componentSerial" text)
                WHERE r.consumed <> '[]' AND (u.serial IS NOT NULL OR u."componentSerial" IS NOT NULL)
                  AND r.reverses IS NULL AND NOT EXISTS (SELECT FROM report c WHERE c.reverses = r.id);
            """);
        migrationBuilder.Sql(MesSchema.Grants(
            "report", "erp_feed", "order_note", "attachment_content", "serial_number", "printed_paper"));
    }
}
