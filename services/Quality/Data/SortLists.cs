using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

/// <summary>Lists are read in the order asked for, a page at a time, however long they have grown.</summary>
[DbContext(typeof(QualityDb)), Migration("202612010100_SortLists")]
sealed class SortLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX hold_placed;
        CREATE INDEX hold_placed ON hold (placed_at, id);
        CREATE INDEX inspection_order_number ON inspection (order_number, id);
        CREATE INDEX inspection_plan_code ON inspection (plan_code, id);
        """);
}
