using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Work that operators have begun tells what a unit does now.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202612011430_ShowWork")]
sealed class ShowWork : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE unit_work (
                work_id uuid PRIMARY KEY, version bigint NOT NULL, equipment text NOT NULL, state text NOT NULL,
                since timestamptz NOT NULL, started_at timestamptz NOT NULL, activity text NOT NULL, order_number text NOT NULL,
                product text NOT NULL, operation_id uuid NOT NULL, operation_code text NOT NULL, operator text NOT NULL,
                pause_reason text);
            CREATE INDEX unit_work_under_way ON unit_work (equipment) WHERE state <> 'Ended';
            CREATE INDEX unit_work_since ON unit_work (equipment, since);
            """);
        migrationBuilder.Sql(MesSchema.Grants("production_report", "downtime_withdrawal"));
    }
}
