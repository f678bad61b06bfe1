using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>Lists are searched by what codes and names begin with, whichever case they are written in.</summary>
[DbContext(typeof(InventoryDb)), Migration("202612010300_SearchLists")]
sealed class SearchLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX material_search_code ON material ((lower(code) COLLATE "C"), code);
        CREATE INDEX material_search_name ON material ((lower(name) COLLATE "C"), code);
        CREATE INDEX lot_search_number ON lot (material, (lower(number) COLLATE "C"), number);
        CREATE INDEX lot_number ON lot (number, material);
        CREATE INDEX lot_search_number_of_all ON lot ((lower(number) COLLATE "C"), number, material);
        CREATE INDEX location_search_code ON location ((lower(code) COLLATE "C"), code);
        CREATE INDEX location_search_name ON location ((lower(name) COLLATE "C"), code);
        """);
}
