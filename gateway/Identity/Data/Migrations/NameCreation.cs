using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

/// <summary>Kept answers with secrets, which a repeat is told from, name when they were made as everything else does.</summary>
[DbContext(typeof(IdentityDb)), Migration("202611301530_NameCreation")]
sealed class NameCreation : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        update command_log
            set answer = (answer::jsonb - 'madeAt' || jsonb_build_object('createdAt', answer::jsonb -> 'madeAt'))::json
            where answer::jsonb ? 'madeAt'
        """);
}
