using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>
/// Calendars are told to whoever plans by them, also those that are there already, and so is which unit goes by which. The
/// plant's calendar as the installation brings it is told when somebody defines it: until then nobody has said when the plant
/// works, and what Scheduling was told before this version holds. A work center may have a calendar for its units.
/// </summary>
[DbContext(typeof(EquipmentDb)), Migration("202611300010_TellCalendars")]
sealed class TellCalendars : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE work_center ADD calendar text REFERENCES shift_calendar;
        ALTER TABLE equipment_unit ADD own_calendar text REFERENCES shift_calendar;
        UPDATE equipment_unit SET own_calendar = calendar WHERE calendar <> 'plant';
        ALTER TABLE shift_calendar ADD version bigint NOT NULL DEFAULT 1 CHECK (version >= 0);
        ALTER TABLE shift_calendar ALTER version DROP DEFAULT;
        UPDATE shift_calendar SET version = 0 WHERE code = 'plant' AND definition = '{
            "zone": "UTC",
            "patterns": [{"validFrom": "2000-01-01", "cycle": [[
                {"code": "early", "start": "06:00", "end": "14:00", "breaks": []},
                {"code": "late", "start": "14:00", "end": "22:00", "breaks": []},
                {"code": "night", "start": "22:00", "end": "06:00", "breaks": []}]]}],
            "exceptions": []}';

        INSERT INTO outbox (message_id, type, body)
        SELECT gen_random_uuid(), 'CalendarChanged', jsonb_build_object(
            'code', code, 'version', version, 'zone', definition -> 'zone', 'patterns', definition -> 'patterns',
            'exceptions', coalesce(nullif(definition -> 'exceptions', 'null'), '[]'))
        FROM shift_calendar WHERE version > 0 ORDER BY code;

        UPDATE equipment_unit SET version = version + 1 WHERE version > 0;
        INSERT INTO outbox (message_id, type, body)
        SELECT gen_random_uuid(), 'EquipmentChanged', jsonb_build_object(
            'code', code, 'version', version, 'name', name, 'workCenter', work_center, 'kind', kind,
            'retiredAt', to_char(retired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'calendar', calendar)
        FROM equipment_unit WHERE version > 0 ORDER BY code;
        """);
}
