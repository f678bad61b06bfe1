using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Messaging;
using Mes.Persistence;

namespace Mes.Inventory.Features.Reservations;

/// <summary>Reserves the components of released orders; gives back those of closed ones.</summary>
sealed class OnWorkOrderChanged(
    InventoryDb db, ReservationStore reservations, ShortageNotices notices, DiscrepancyStore discrepancies)
    : IConsume<WorkOrderChanged>
{
    public async Task Consume(WorkOrderChanged message, CancellationToken ct)
    {
        if (!await IsNewer(message, ct))
        {
            return;
        }
        if (message.Materials.Any(need => need.IsBackflushed))
        {
            db.Outbox.Add(new ConsumptionDue(message.Number));      // reports may have come before
        }
        var isOpen = message.Status is WorkOrderStatus.Released or WorkOrderStatus.OnHold;
        var required = isOpen ? message.Materials : [];
        var materials = required.Select(material => material.Material).Concat(await Known(message.Number, ct))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        if (materials.Count == 0)
        {
            return;
        }
        await db.OwnMaterials(materials, ct);
        await Require(message, required, materials, ct);
        if (!isOpen)
        {
            await reservations.ReleaseOrder(message.Number, materials, ct);
        }
        foreach (var material in materials)
        {
            await reservations.Serve(material, ct);
        }
        await notices.Publish(materials, isOpen ? message.Number : null, ct);
    }

    /// <summary>Notes the order; its row stays locked, so that two of its states are taken in turn.</summary>
    // SQL: inserted, or changed where newer, in one statement: two states of one thing may arrive together
    // Not audited: a copy of the order of WorkOrders
    async Task<bool> IsNewer(WorkOrderChanged message, CancellationToken ct) => await db.Execute(
        """
        INSERT INTO work_order AS w (number, order_id, product, version, status, priority, due_at, quantity, materials)
        VALUES (@Number, @OrderId, @Product, @Version, @status, @Priority, @dueAt, @Quantity, @materials::jsonb)
        ON CONFLICT (number) DO UPDATE SET product = excluded.product, version = excluded.version, status = excluded.status,
            priority = excluded.priority, due_at = excluded.due_at, quantity = excluded.quantity,
            materials = excluded.materials WHERE w.version < excluded.version
        """,
        new
        {
            message.Number, message.OrderId, message.Product, message.Version, status = message.Status.ToString(),
            message.Priority, message.Quantity, materials = MessageJson.Write(message.Materials),
            dueAt = message.DueAt?.ToUniversalTime()
        }, ct) == 1;

    Task<List<string>> Known(string number, CancellationToken ct) => db.Read<string>(
        """
        SELECT material FROM component_demand WHERE order_number = @number AND (required > 0 OR reserved > 0)
        """, new { number }, ct);

    async Task Require(
        WorkOrderChanged message, IReadOnlyList<RequiredMaterial> required, List<string> materials, CancellationToken ct)
    {
        var defined = await db.MaterialsOrStubs(required.Select(need => (need.Material, need.Unit)), ct);
        foreach (var wrong in required.Where(need => need.Unit != defined[need.Material].Unit))
        {
            await discrepancies.Open(DiscrepancyKinds.WrongUnit, message.OrderId, message.Number,
                new LotKey(wrong.Material, ""), (wrong.Quantity, wrong.Unit), ct);
        }
        // of needs in several units one that is not the material's counts: it has to be put right first
        var units = materials.ConvertAll(material => required
            .FirstOrDefault(need => need.Material == material && need.Unit != defined[material].Unit)?.Unit);
        var quantities = materials.Zip(units, (material, unit) => required
            .Where(need => need.Material == material && need.Unit == (unit ?? defined[material].Unit))
            .Sum(need => Math.Max(0, decimal.Round(need.Quantity, 6)))).ToList();
        // Not audited: a copy of what the order of WorkOrders needs
        await db.Execute(
            """
            INSERT INTO component_demand AS d (order_number, material, required, other_unit)
            SELECT @Number, need.material, need.quantity, need.unit
            FROM unnest(@materials, @quantities, @units) AS need (material, quantity, unit)
            ORDER BY 1, 2 ON CONFLICT (order_number, material)
            DO UPDATE SET required = excluded.required, other_unit = excluded.other_unit
            """, new { message.Number, materials, quantities, units }, ct);
    }
}
