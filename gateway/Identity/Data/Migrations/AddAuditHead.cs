using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

/// <summary>A cut tail of the audit chain shows; see <see cref="MesSchema.AuditHead"/>.</summary>
[DbContext(typeof(IdentityDb)), Migration("202611291400_AuditHead")]
sealed class AddAuditHead : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MesSchema.AuditHead);
}
