using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Work keeps how it stood before a rule ended it, so that what is told late finds it so.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612012350_ReopenWork")]
sealed class ReopenWork : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE work ADD before_rule jsonb");
}
