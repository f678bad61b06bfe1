using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Work is summed up over a time, and orders that are open are found without those that are closed.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611292110_FindByTime")]
sealed class FindByTime : Migration
{
    // An index of ranges costs the writers of a table that grows by time next to nothing
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX report_time ON report USING brin (ended_at) WITH (autosummarize = on);
        CREATE INDEX downtime_labour_time ON downtime_labour USING brin (ended_at) WITH (autosummarize = on);
        CREATE INDEX work_order_not_closed ON work_order (status) WHERE status IN ('Planned', 'Released', 'OnHold');
        """);
}
