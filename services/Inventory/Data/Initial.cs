using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>The first tables.</summary>
[DbContext(typeof(InventoryDb)), Migration("20261121_Initial")]
sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(MesSchema.Sql);
        migrationBuilder.Sql(InventorySchema.MasterData);
        migrationBuilder.Sql(InventorySchema.Ledger);
        migrationBuilder.Sql(InventorySchema.Production);
        migrationBuilder.Sql(InventorySchema.Demand);
        migrationBuilder.Sql(MesSchema.Grants("movement", "ledger_entry", "production_report"));
    }
}
