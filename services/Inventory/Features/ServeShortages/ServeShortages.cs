using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Inventory.Features.ReserveMaterials;
using Mes.Messaging;

namespace Mes.Inventory.Features.ServeShortages;

/// <summary>Looks at a material's reservations again after stock came in, went or became free.</summary>
sealed class ServeShortages(InventoryDb db, ReservationDesk desk, ShortageNotices notices) : IConsume<StockBecameAvailable>
{
    public async Task Consume(StockBecameAvailable message, CancellationToken ct)
    {
        await db.OwnMaterials([message.Material], ct);
        await desk.Serve(message.Material, ct);
        await notices.Publish([message.Material], null, ct);
    }
}
