using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>Lots, needs, reservations and discrepancies are found by what they are filtered by.</summary>
[DbContext(typeof(InventoryDb)), Migration("202612011210_FilterLists")]
sealed class FilterLists : Migration
{
    // A lot is written once, and an index of ranges costs that next to nothing; the ledger and its balances get none
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX lot_received ON lot USING brin (received_at) WITH (autosummarize = on);
        CREATE INDEX lot_held ON lot (number, material) WHERE status = 'Held';
        CREATE INDEX component_demand_material ON component_demand (material, order_number);
        CREATE INDEX reservation_created ON reservation (created_at);
        CREATE INDEX discrepancy_kind ON discrepancy (kind, id);
        CREATE INDEX discrepancy_material ON discrepancy (material, id);
        """);
}
