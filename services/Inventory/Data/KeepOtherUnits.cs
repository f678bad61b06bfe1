using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>
/// An order may ask for a material in a unit that is not the material's: its need is kept in that unit, counts as missing and
/// is served only once the material's unit was put right.
/// </summary>
[DbContext(typeof(InventoryDb)), Migration("20261126_KeepOtherUnits")]
sealed class KeepOtherUnits : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE component_demand ADD other_unit text");
}
