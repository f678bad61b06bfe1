using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>What the scheduler needs of an operation beyond equipment and times.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("20261125_PlanningNeeds")]
sealed class AddPlanningNeeds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("ALTER TABLE operation ADD planning jsonb");
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed"));
    }
}
