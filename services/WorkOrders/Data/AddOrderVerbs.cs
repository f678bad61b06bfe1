using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Orders and lots are numbered by rules, and people write notes to orders.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612010310_OrderVerbs")]
sealed class AddOrderVerbs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE numbering_rule (
                kind text NOT NULL, product text NOT NULL, pattern text NOT NULL, reset text NOT NULL, period text NOT NULL,
                counter bigint NOT NULL CHECK (counter >= 0), PRIMARY KEY (kind, product));
            CREATE TABLE order_note (
                id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES work_order, text text NOT NULL,
                written_at timestamptz NOT NULL, written_by text NOT NULL);
            CREATE INDEX order_note_order ON order_note (order_id, written_at, id);
            """);
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed", "order_note"));
    }
}
