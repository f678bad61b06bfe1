
namespace Mes.Inventory.Data;

/// <summary>Whether a material is fixed.</summary>
static class MaterialUse
{
    public static async Task<bool> IsMoved(this InventoryDb db, string material, CancellationToken ct) =>
        (await db.Read<bool>(
            """
            SELECT EXISTS (SELECT FROM ledger_entry WHERE material = @material)
                OR EXISTS (SELECT FROM production_line WHERE material = @material)
                OR EXISTS (SELECT FROM component_demand WHERE material = @material AND required > 0 AND other_unit IS NULL)
                OR EXISTS (SELECT FROM work_order WHERE product = @material AND status IN ('Planned', 'Released', 'OnHold'))
            """, new { material }, ct))[0];
}
