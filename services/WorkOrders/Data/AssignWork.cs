using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>A foreman asks an operator to do an operation.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612020005_AssignWork")]
sealed class AssignWork : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE operation ADD COLUMN assigned_to text");
}
