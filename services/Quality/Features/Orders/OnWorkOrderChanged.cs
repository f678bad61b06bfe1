using Mes.Contracts;
using Mes.Messaging;
using Mes.Quality.Data;

namespace Mes.Quality.Features.Orders;

/// <summary>
/// Keeps number, product, status and operations of an order, and ends the open inspections of a cancelled one. Holds
/// stay: whatever pieces there are stay held until a person releases them.
/// </summary>
sealed class OnWorkOrderChanged(QualityDb db, TimeProvider clock) : IConsume<WorkOrderChanged>
{
    public async Task Consume(WorkOrderChanged message, CancellationToken ct)
    {
        var order = await db.LockOrder(message.OrderId, message.Number, message.Product, ct);
        if (!order.Follow(message) || !order.IsCancelled)
        {
            return;
        }
        var inspections = await db.LockOpenInspections(order.OrderId, ct);
        inspections.ForEach(inspection => inspection.Cancel(clock.GetUtcNow()));
    }
}
