using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Inventory.Data;

/// <summary>
/// Discrepancies speak as those of the work orders do: a person settles one, stock that comes covers one; lists of them ask
/// for the time at which they were found.
/// </summary>
[DbContext(typeof(InventoryDb)), Migration("202611301600_SettleDiscrepancies")]
sealed class SettleDiscrepancies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE discrepancy RENAME detected_at TO found_at;
        ALTER TABLE discrepancy RENAME closed_at TO settled_at;
        ALTER TABLE discrepancy RENAME closed_by TO settled_by;
        ALTER TABLE discrepancy RENAME reason TO settlement;
        ALTER INDEX discrepancy_closed RENAME TO discrepancy_settled;
        ALTER TABLE discrepancy DROP CONSTRAINT discrepancy_status_check;
        UPDATE discrepancy SET status = CASE status WHEN 'Settled' THEN 'Covered' ELSE 'Settled' END WHERE status <> 'Open';
        ALTER TABLE discrepancy ADD CONSTRAINT discrepancy_status_check CHECK (status IN ('Open', 'Covered', 'Settled'));
        CREATE INDEX discrepancy_found ON discrepancy (found_at);
        ALTER TABLE reservation RENAME made_at TO created_at;
        """);
}
