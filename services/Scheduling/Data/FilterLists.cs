using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Planning runs are found by how they ended.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612011210_FilterLists")]
sealed class FilterLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX planning_run_status ON planning_run (status, sequence);
        """);
}
