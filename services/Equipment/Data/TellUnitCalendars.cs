using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>
/// Which unit goes by which calendar is told by a contract of its own, also what is so already: whoever took it with the unit
/// may have been too old to keep it.
/// </summary>
[DbContext(typeof(EquipmentDb)), Migration("202611300500_TellUnitCalendars")]
sealed class TellUnitCalendars : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        INSERT INTO outbox (message_id, type, body)
        SELECT gen_random_uuid(), 'UnitCalendarChanged',
            jsonb_build_object('equipment', code, 'version', version, 'calendar', calendar)
        FROM equipment_unit WHERE version > 0 ORDER BY code;
        """);
}
