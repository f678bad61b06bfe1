using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>
/// Products are tracked by lot or serial and may have a GTIN; serial numbers are allotted, and what is printed is counted.
/// </summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612011100_TrackUnits")]
sealed class TrackUnits : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE product ADD COLUMN tracking text NOT NULL DEFAULT 'Lot', ADD COLUMN gtin text;
            CREATE UNIQUE INDEX product_gtin ON product (gtin);
            CREATE TABLE serial_number (
                product text NOT NULL REFERENCES product, serial text NOT NULL, order_id uuid NOT NULL REFERENCES work_order,
                sequence integer NOT NULL CHECK (sequence > 0), allotted_at timestamptz NOT NULL,
                PRIMARY KEY (product, serial), UNIQUE (order_id, sequence));
            CREATE TABLE printed_paper (
                id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES work_order, paper text NOT NULL,
                number integer NOT NULL CHECK (number > 0), printed_at timestamptz NOT NULL, printed_by text NOT NULL,
                UNIQUE (order_id, paper, number));
            """);
        migrationBuilder.Sql(MesSchema.Grants(
            "report", "erp_feed", "order_note", "attachment_content", "serial_number", "printed_paper"));
    }
}
