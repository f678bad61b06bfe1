using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>A run tells how late its best plan is and what it changed, in figures that a planner knows.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612021830_TellRunsMore")]
sealed class TellRunsMore : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE planning_run ADD late_orders int, ADD tardiness_seconds bigint, ADD moved int, ADD became_late int,
            ADD no_longer_late int;
        ALTER TABLE planning_progress ADD late_orders int, ADD tardiness_seconds bigint;
        """);
}
