using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Orders and operations count the reports that are in force, and operations the pieces of rework.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611291300_CountReportsInForce")]
sealed class CountReportsInForce : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            ALTER TABLE operation ADD reports int NOT NULL DEFAULT 0, ADD reworked numeric(18,6) NOT NULL DEFAULT 0;
            UPDATE operation o SET reports = r.in_force, reworked = r.reworked
            FROM (SELECT operation_id, sum(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END)::int AS in_force,
                         coalesce(sum(good + scrap + nonconforming) FILTER (WHERE is_rework), 0) AS reworked
                  FROM report GROUP BY operation_id) r
            WHERE r.operation_id = o.id;
            UPDATE work_order w SET reports = r.in_force
            FROM (SELECT order_id, sum(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END)::int AS in_force
                  FROM report GROUP BY order_id) r
            WHERE r.order_id = w.id;
            UPDATE operation SET status = 'Waiting' WHERE status = 'Started' AND reports = 0;

            CREATE INDEX sign_on_operator ON sign_on (operator, signed_on_at);
            """);
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed"));
    }
}
