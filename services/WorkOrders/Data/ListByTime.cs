using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Orders are listed by when they are due, discrepancies by when they were found.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611301540_ListByTime")]
sealed class ListByTime : Migration
{
    // An index of ranges costs the writers of a table that grows by time next to nothing; due dates come in no order
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX work_order_due ON work_order (due_at);
        CREATE INDEX discrepancy_time ON discrepancy USING brin (found_at) WITH (autosummarize = on);
        """);
}
