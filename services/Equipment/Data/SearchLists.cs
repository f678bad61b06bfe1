using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Lists are searched by what codes and names begin with, whichever case they are written in.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202612010300_SearchLists")]
sealed class SearchLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX equipment_unit_search_code ON equipment_unit ((lower(code) COLLATE "C"), code);
        CREATE INDEX equipment_unit_search_name ON equipment_unit ((lower(name) COLLATE "C"), code);
        CREATE INDEX work_center_search_code ON work_center ((lower(code) COLLATE "C"), code);
        CREATE INDEX work_center_search_name ON work_center ((lower(name) COLLATE "C"), code);
        CREATE INDEX shift_calendar_search_code ON shift_calendar ((lower(code) COLLATE "C"), code);
        """);
}
