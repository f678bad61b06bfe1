using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Which unit is in which work center is told to Scheduling, which has not kept it before.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202612020900_TellWorkCentersToScheduling")]
sealed class TellWorkCentersToScheduling : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        INSERT INTO outbox (message_id, type, body, queue)
        SELECT gen_random_uuid(), 'EquipmentChanged', jsonb_build_object(
            'code', code, 'version', version, 'name', name, 'workCenter', work_center, 'kind', kind,
            'retiredAt', to_char(retired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'calendar', calendar),
            'scheduling-know-equipment'
        FROM equipment_unit WHERE version > 0 ORDER BY code;
        """);
}
