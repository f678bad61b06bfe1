using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Work keeps the end of a shift that was told of it, so that each is told once.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202612012320_KeepShiftEnds")]
sealed class KeepShiftEnds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE unit_work ADD COLUMN told_shift_end timestamptz");
}
