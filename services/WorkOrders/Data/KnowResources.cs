using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>The resources that Scheduling has defined: routings that name another are warned of.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611292130_KnowResources")]
sealed class KnowResources : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE resource (code text PRIMARY KEY, capacity int NOT NULL, version bigint NOT NULL)");
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed"));
    }
}
