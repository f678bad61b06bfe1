using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>The trail of one record is found at once; see <see cref="MesSchema.AuditRecords"/>.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612011000_AuditRecords")]
sealed class FindAuditRecords : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MesSchema.AuditRecords);
}
