using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>A cut tail of the audit chain shows; see <see cref="MesSchema.AuditHead"/>.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611291400_AuditHead")]
sealed class AddAuditHead : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MesSchema.AuditHead);
}
