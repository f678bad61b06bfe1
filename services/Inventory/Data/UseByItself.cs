using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>
/// Components are used up by themselves as pieces are reported; others are used in their place; what is handed out may say at
/// which operation.
/// </summary>
[DbContext(typeof(InventoryDb)), Migration("202612011930_UseByItself")]
sealed class UseByItself : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE work_order ADD quantity numeric(18,6), ADD materials jsonb NOT NULL DEFAULT '[]';
            ALTER TABLE movement ADD operation text, ADD instead_of text,
                ADD instead_ratio numeric(18,6) CHECK (instead_ratio > 0),
                ADD CHECK ((instead_of IS NULL) = (instead_ratio IS NULL));

            CREATE TABLE operation_pieces (
                order_number text NOT NULL, operation text NOT NULL, good numeric(18,6) NOT NULL, scrap numeric(18,6) NOT NULL,
                nonconforming numeric(18,6) NOT NULL, reworked numeric(18,6) NOT NULL, PRIMARY KEY (order_number, operation));

            ALTER TABLE component_demand DROP COLUMN missing, DROP COLUMN surplus,
                ADD due numeric(18,6) NOT NULL DEFAULT 0 CHECK (due >= 0),
                ADD flushed numeric(18,6) NOT NULL DEFAULT 0,
                ADD substituted numeric(18,6) NOT NULL DEFAULT 0,
                ADD spared numeric(18,6) NOT NULL DEFAULT 0 CHECK (spared >= 0);
            ALTER TABLE component_demand
                ADD missing numeric(18,6) GENERATED ALWAYS AS (CASE WHEN required > 0
                    THEN greatest(0, required - greatest(0, issued + substituted) - reserved) ELSE 0 END) STORED,
                ADD surplus numeric(18,6) GENERATED ALWAYS AS (CASE WHEN required > 0
                    THEN greatest(0, reserved - greatest(0, required - greatest(0, issued + substituted))) ELSE 0 END) STORED,
                ADD lacking numeric(18,6) GENERATED ALWAYS AS (greatest(0, due - spared - issued - substituted)) STORED;
            CREATE INDEX component_demand_open ON component_demand (material)
                WHERE missing > 0 OR missing <> told_missing OR surplus > 0 OR lacking > 0;
            """);
        migrationBuilder.Sql(MesSchema.Grants("movement", "ledger_entry", "production_report", "label_print"));
    }
}
