using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

/// <summary>Terminals are bound to work centers, too; which unit is in which is known from Equipment's events.</summary>
[DbContext(typeof(IdentityDb)), Migration("202612020350_BindWorkCenters")]
sealed class BindWorkCenters : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table devices add work_centers text[] not null default '{}';
        alter table devices alter work_centers drop default;
        create table equipment (
            code text primary key,
            work_center text not null,
            version bigint not null
        );
        create index equipment_work_center on equipment (work_center);
        """ + MesSchema.Grants());
}
