using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>
/// Orders that are not finished are listed in each order without those that are; discrepancies are found by what they are
/// filtered by.
/// </summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612011210_FilterLists")]
sealed class FilterLists : Migration
{
    // Small ones of what is open, and of what is seldom written: no report writes to them but one that broke a rule
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX work_order_due;
        CREATE INDEX work_order_due ON work_order (due_at, id);
        DROP INDEX work_order_unfinished;
        CREATE INDEX work_order_unfinished_due ON work_order (due_at, id) WHERE status IN ('Planned', 'Released', 'OnHold');
        CREATE INDEX work_order_unfinished_priority ON work_order (priority, id)
            WHERE status IN ('Planned', 'Released', 'OnHold');
        CREATE INDEX work_order_unfinished_product ON work_order (product, id) WHERE status IN ('Planned', 'Released', 'OnHold');
        CREATE INDEX discrepancy_kind ON discrepancy (kind, id);
        CREATE INDEX discrepancy_order ON discrepancy (order_id);
        CREATE INDEX sign_on_present_all ON sign_on (id) WHERE signed_off_at IS NULL;
        """);
}
