using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>
/// Calendars come from Equipment. What was entered here stays, as version 0, and holds for equipment that has no calendar of
/// Equipment's: see <see cref="PlantCalendars"/>.
/// </summary>
[DbContext(typeof(SchedulingDb)), Migration("202611300010_TakeCalendars")]
sealed class TakeCalendars : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE calendar ADD version bigint NOT NULL DEFAULT 0 CHECK (version >= 0),
            ADD patterns jsonb NOT NULL DEFAULT '[]', ADD exceptions jsonb NOT NULL DEFAULT '[]';
        ALTER TABLE calendar ALTER version DROP DEFAULT, ALTER patterns DROP DEFAULT, ALTER exceptions DROP DEFAULT;
        ALTER TABLE equipment ADD calendar text;
        COMMENT ON TABLE equipment_calendar IS 'as entered before Equipment told calendars; nothing is added any more';
        """);
}
