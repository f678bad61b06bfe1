using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>The version of the plan in force, also where that plan is empty.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611291702_PlanTaken")]
sealed class KeepPlanVersion : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE plan_taken (
                id boolean PRIMARY KEY DEFAULT true CHECK (id), plan_version bigint NOT NULL);
            INSERT INTO plan_taken (plan_version) SELECT coalesce(max(plan_version), 0) FROM planned_operation;
            """);
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed"));
    }
}
