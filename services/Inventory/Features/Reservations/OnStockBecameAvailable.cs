using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Messaging;

namespace Mes.Inventory.Features.Reservations;

/// <summary>Looks at materials' reservations again after stock came in, went or became free.</summary>
sealed class OnStockBecameAvailable(InventoryDb db, ReservationStore reservations, ShortageNotices notices)
    : IConsumeBatch<StockBecameAvailable>
{
    public async Task Consume(IReadOnlyList<StockBecameAvailable> messages, CancellationToken ct)
    {
        var materials = messages.Select(message => message.Material).Distinct().Order(StringComparer.Ordinal).ToList();
        await db.OwnMaterials(materials, ct);
        foreach (var material in materials)
        {
            await reservations.Serve(material, ct);
        }
        await notices.Publish(materials, null, ct);
        foreach (var order in await db.Read<string>(
            "SELECT DISTINCT order_number FROM component_demand WHERE material = ANY (@materials) AND lacking > 0 ORDER BY 1",
            new { materials }, ct))
        {
            db.Outbox.Add(new ConsumptionDue(order));
        }
    }
}
