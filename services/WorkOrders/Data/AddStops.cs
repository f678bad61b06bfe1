using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>What is known of when equipment stood still or was retired: reports are judged by it.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611291502_Stops")]
sealed class AddStops : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            ALTER TABLE equipment ADD retired_at timestamptz;
            CREATE TABLE downtime_withdrawn (downtime_id uuid PRIMARY KEY, withdrawn_at timestamptz NOT NULL);
            CREATE INDEX downtime_labour_equipment ON downtime_labour (equipment, ended_at);
            CREATE INDEX report_equipment ON report (equipment, ended_at);

            CREATE VIEW equipment_stop AS
                SELECT equipment, started_at, ended_at FROM downtime_labour d
                WHERE NOT EXISTS (SELECT FROM downtime_withdrawn w WHERE w.downtime_id = d.downtime_id)
                UNION ALL SELECT equipment, since, 'infinity' FROM equipment_availability WHERE is_down
                UNION ALL SELECT code, retired_at, 'infinity' FROM equipment WHERE retired_at IS NOT NULL;
            """);
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed"));
    }
}
