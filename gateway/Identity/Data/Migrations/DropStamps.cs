using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

/// <summary>
/// Two columns of the framework's user that nothing here reads: changes of a person queue up at its row instead.
/// </summary>
[DbContext(typeof(IdentityDb)), Migration("202611300330_DropStamps")]
sealed class DropStamps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("alter table users drop column security_stamp, drop column concurrency_stamp");
}
