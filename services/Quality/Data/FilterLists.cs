using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

/// <summary>Inspections and nonconformances that did not end as nearly all do are found without those.</summary>
[DbContext(typeof(QualityDb)), Migration("202612011210_FilterLists")]
sealed class FilterLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX inspection_status ON inspection (status, serial) WHERE status <> 'Accepted';
        CREATE INDEX nonconformance_status ON nonconformance (status, serial) WHERE status <> 'Closed';
        """);
}
