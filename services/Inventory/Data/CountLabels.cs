using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>Labels that were printed of lots are counted.</summary>
[DbContext(typeof(InventoryDb)), Migration("202612011100_CountLabels")]
sealed class CountLabels : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE label_print (
                id uuid PRIMARY KEY, material text NOT NULL, lot text NOT NULL, number integer NOT NULL CHECK (number > 0),
                printed_at timestamptz NOT NULL, printed_by text NOT NULL,
                UNIQUE (material, lot, number), FOREIGN KEY (material, lot) REFERENCES lot);
            """);
        migrationBuilder.Sql(MesSchema.Grants("movement", "ledger_entry", "production_report", "label_print"));
    }
}
