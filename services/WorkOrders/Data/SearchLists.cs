using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>
/// Lists are searched by what codes and names begin with, whichever case they are written in; orders that are not finished are
/// found without those that are.
/// </summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612010300_SearchLists")]
sealed class SearchLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX work_order_search_number ON work_order ((lower(number) COLLATE "C"), id);
        CREATE INDEX work_order_search_product ON work_order ((lower(product) COLLATE "C"), id);
        CREATE INDEX work_order_search_lot ON work_order ((lower(lot) COLLATE "C"), id);
        CREATE INDEX work_order_unfinished ON work_order (due_at) WHERE status IN ('Planned', 'Released', 'OnHold');
        CREATE INDEX work_order_unfinished_number ON work_order (number, id) WHERE status IN ('Planned', 'Released', 'OnHold');
        CREATE INDEX product_search_code ON product ((lower(code) COLLATE "C"), code);
        CREATE INDEX product_search_name ON product ((lower(name) COLLATE "C"), code);
        CREATE INDEX routing_search_code ON routing ((lower(code) COLLATE "C"), code, revision);
        CREATE INDEX routing_search_product ON routing ((lower(product) COLLATE "C"), code, revision);
        CREATE INDEX operator_search_code ON operator ((lower(code) COLLATE "C"), code);
        CREATE INDEX operator_search_name ON operator ((lower(name) COLLATE "C"), code);
        """);
}
