using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>
/// A report says whether it is Quality's correction of another; receipts and discrepancies are summed up over a time.
/// </summary>
[DbContext(typeof(InventoryDb)), Migration("202611292110_FindByTime")]
sealed class FindByTime : Migration
{
    // An index of ranges costs the writers of a table that grows by time next to nothing
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE production_report ADD corrects uuid;
        CREATE INDEX production_report_time ON production_report USING brin (reported_at) WITH (autosummarize = on);
        CREATE INDEX discrepancy_closed ON discrepancy (closed_at) WHERE closed_at IS NOT NULL;
        """);
}
