using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Lists are searched by what codes and names begin with, whichever case they are written in.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612010300_SearchLists")]
sealed class SearchLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX plant_resource_search_code ON plant_resource ((lower(code) COLLATE "C"), code);
        CREATE INDEX plant_resource_search_name ON plant_resource ((lower(name) COLLATE "C"), code);
        """);
}
