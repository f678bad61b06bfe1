using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Which plan a drag can be undone to.</summary>
[DbContext(typeof(SchedulingDb)), Migration("20261126_Undo")]
sealed class AddUndo : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("ALTER TABLE plan ADD undo_version bigint, ADD undo_operation_id uuid;");
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
