using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

/// <summary>Terminals that show a code and wait for an administrator to take them.</summary>
[DbContext(typeof(IdentityDb)), Migration("202612011900_AddPairings")]
sealed class AddPairings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table pairings (
            code text primary key,
            secret_hash bytea not null unique,
            expires_at timestamptz not null
        );
        """ + MesSchema.Grants());
}
