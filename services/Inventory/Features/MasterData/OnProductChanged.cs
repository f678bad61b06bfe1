using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

/// <summary>Keeps a material for each product. Its unit stays once quantities have been posted in it.</summary>
sealed class OnProductChanged(InventoryDb db, DiscrepancyStore discrepancies) : IConsume<ProductChanged>
{
    public async Task Consume(ProductChanged message, CancellationToken ct)
    {
        await db.OwnMaterials([message.Code], ct);
        var material = await db.Materials.AsNoTracking().SingleOrDefaultAsync(m => m.Code == message.Code, ct);
        if (material?.ProductVersion >= message.Version)
        {
            return;
        }
        var unit = message.Unit;
        if (material is not null && material.Unit != unit && await db.IsMoved(message.Code, ct))
        {
            await discrepancies.Open(
                DiscrepancyKinds.UnitChanged, null, null, new LotKey(message.Code, ""), (0, unit), ct);
            unit = material.Unit;
        }
        // SQL: inserted, or changed where newer, in one statement: two states of one thing may arrive together
        await db.Execute(
            """
            INSERT INTO material (code, name, unit, is_stub, product_version) VALUES (@Code, @Name, @unit, false, @Version)
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, unit = excluded.unit, is_stub = false,
                product_version = excluded.product_version WHERE material.product_version < excluded.product_version
            """, new { message.Code, message.Name, unit, message.Version }, ct);
        db.Audit("material", message.Code,
            material is null ? null : new { material.Name, material.Unit }, new { message.Name, Unit = unit });
    }
}
