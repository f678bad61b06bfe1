using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>What was done, and by whom, is found in the trail at once; see <see cref="MesSchema.AuditByDeed"/>.</summary>
[DbContext(typeof(InventoryDb)), Migration("202612011200_AuditDeeds")]
sealed class FindAuditDeeds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MesSchema.AuditByDeed);
}
