using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>Orders say what they make, and demands whether what they lack has expired.</summary>
[DbContext(typeof(InventoryDb)), Migration("202611291420_HeedExpiry")]
sealed class HeedExpiry : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE work_order ADD product text;
        CREATE INDEX work_order_product ON work_order (product) WHERE status IN ('Planned', 'Released', 'OnHold');
        ALTER TABLE component_demand ADD has_expired boolean NOT NULL DEFAULT false;
        """);
}
