using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>
/// Work that was begun tells how long a piece is planned to take: by it a shift's target is known from its start.
/// </summary>
[DbContext(typeof(EquipmentDb)), Migration("202612011930_PlanWork")]
sealed class PlanWork : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE unit_work ADD COLUMN run_seconds_per_unit numeric(18,6)");
}
