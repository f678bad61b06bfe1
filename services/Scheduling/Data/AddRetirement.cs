using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Equipment that takes no new work.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202611291503_Retirement")]
sealed class AddRetirement : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("ALTER TABLE equipment ADD retired_at timestamptz");
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
