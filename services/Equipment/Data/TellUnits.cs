using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>
/// Tells all units as they are to one queue alone, as the events that told them are over. It goes there when it can, also
/// where an older process, which knows nothing of that queue, is still the one that sends.
/// </summary>
abstract class TellUnits(string queue) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        $"""
        INSERT INTO outbox (message_id, type, body, queue)
        SELECT gen_random_uuid(), 'EquipmentChanged', jsonb_build_object(
            'code', code, 'version', version, 'name', name, 'workCenter', work_center, 'kind', kind,
            'retiredAt', to_char(retired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'calendar', calendar),
            '{queue}'
        FROM equipment_unit WHERE version > 0 ORDER BY code;
        """);
}
