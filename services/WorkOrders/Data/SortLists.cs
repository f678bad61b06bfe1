using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Lists are read in the order asked for, a page at a time, however long they have grown.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612010100_SortLists")]
sealed class SortLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX discrepancy_time;
        CREATE INDEX discrepancy_found ON discrepancy (found_at, id);
        CREATE INDEX work_order_priority ON work_order (priority, id);
        CREATE INDEX work_order_product ON work_order (product, id);
        """);
}
