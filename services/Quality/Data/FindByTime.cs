using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

/// <summary>Nonconformances are summed up over a time.</summary>
[DbContext(typeof(QualityDb)), Migration("202611292110_FindByTime")]
sealed class FindByTime : Migration
{
    // An index of ranges costs the writers of a table that grows by time next to nothing
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX nonconformance_time ON nonconformance USING brin (reported_at) WITH (autosummarize = on);
        """);
}
