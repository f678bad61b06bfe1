using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Quality's holds on whole orders.</summary>
[DbContext(typeof(SchedulingDb)), Migration("20261127_OrderHolds")]
sealed class AddOrderHolds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE quality_hold ADD order_id uuid;
            CREATE INDEX quality_hold_order ON quality_hold (order_id) WHERE is_active;
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
