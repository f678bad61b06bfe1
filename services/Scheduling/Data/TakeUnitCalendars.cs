using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>
/// Which unit goes by which calendar comes by a contract of its own. What came with the unit may be an older state, and holds
/// until Equipment has told it again.
/// </summary>
[DbContext(typeof(SchedulingDb)), Migration("202611300500_TakeUnitCalendars")]
sealed class TakeUnitCalendars : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE unit_calendar (
                equipment text PRIMARY KEY, version bigint NOT NULL CHECK (version >= 0), calendar text NOT NULL);
            INSERT INTO unit_calendar SELECT code, 0, calendar FROM equipment WHERE calendar IS NOT NULL;
            COMMENT ON COLUMN equipment.calendar IS 'written by a former version; unit_calendar has it now';
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
