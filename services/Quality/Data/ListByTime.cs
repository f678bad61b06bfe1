using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

/// <summary>Inspections and nonconformances are listed by when they were opened, holds by when they were placed.</summary>
[DbContext(typeof(QualityDb)), Migration("202611301540_ListByTime")]
sealed class ListByTime : Migration
{
    // An index of ranges costs the writers of a table that grows by time next to nothing
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX inspection_opened ON inspection USING brin (opened_at) WITH (autosummarize = on);
        CREATE INDEX nonconformance_opened ON nonconformance USING brin (opened_at) WITH (autosummarize = on);
        CREATE INDEX hold_placed ON hold USING brin (placed_at) WITH (autosummarize = on);
        """);
}
