using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Which unit is in which work center: the board shows equipment by it. Null until Equipment has told it.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612020900_TakeWorkCenters")]
sealed class TakeWorkCenters : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE equipment ADD work_center text;
        """);
}
