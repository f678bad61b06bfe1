using Mes.Contracts;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Work that an operator has begun.</summary>
/// <param name="Id">Identity: the id of the command.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Order">Order number.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Product">Product code.</param>
/// <param name="Operation">Short name of the operation.</param>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Activity">Run or Setup.</param>
/// <param name="State">Running, Paused or Ended.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="Since">Since when it is in its state, UTC: when it ended, where it is over.</param>
/// <param name="PauseReason">Why it rests, or null.</param>
/// <param name="Seconds">Time worked until <paramref name="AsOf"/>, pauses apart, seconds.</param>
/// <param name="AsOf">Server time of this answer, UTC.</param>
/// <param name="EndedBy">How it came to its end, or null.</param>
/// <param name="Warnings">What the operation waits for, though it could be begun; empty but in the answer to its start.</param>
public sealed record WorkView(
    Guid Id, Guid OperationId, string Order, Guid OrderId, string Product, string Operation, string Equipment, string Operator,
    WorkActivity Activity, WorkState State, DateTimeOffset StartedAt, DateTimeOffset Since, string? PauseReason,
    decimal Seconds, DateTimeOffset AsOf, WorkEnd? EndedBy, IReadOnlyList<string> Warnings)
{
    internal static WorkView Of(Work work, string order, string product, string operation, DateTimeOffset now) => new(
        work.Id, work.OperationId, order, work.OrderId, product, operation, work.Equipment, work.Operator, work.Activity,
        work.State, work.StartedAt, work.Since, work.PauseReason, work.SecondsAt(now), now, work.EndedBy, []);

    internal static async Task<WorkView> Of(Work work, WorkOrdersDb db, DateTimeOffset now, CancellationToken ct)
    {
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.Id == work.OrderId, ct);
        var operation = await db.Operations.AsNoTracking().SingleAsync(o => o.Id == work.OperationId, ct);
        return Of(work, order.Number, order.Product, operation.Code, now);
    }
}
