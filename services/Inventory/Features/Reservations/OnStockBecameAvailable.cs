using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Messaging;

namespace Mes.Inventory.Features.Reservations;

/// <summary>Looks at a material's reservations again after stock came in, went or became free.</summary>
sealed class OnStockBecameAvailable(InventoryDb db, ReservationDesk desk, ShortageNotices notices)
    : IConsume<StockBecameAvailable>
{
    public async Task Consume(StockBecameAvailable message, CancellationToken ct)
    {
        await db.OwnMaterials([message.Material], ct);
        await desk.Serve(message.Material, ct);
        await notices.Publish([message.Material], null, ct);
    }
}
