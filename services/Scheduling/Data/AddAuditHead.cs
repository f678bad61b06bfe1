using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>A cut tail of the audit chain shows; see <see cref="MesSchema.AuditHead"/>.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202611291400_AuditHead")]
sealed class AddAuditHead : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MesSchema.AuditHead);
}
