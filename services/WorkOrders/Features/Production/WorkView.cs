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
    internal static WorkView Of(Work work, WorkOrder order, Operation operation, DateTimeOffset now) => new(
        work.Id, work.OperationId, order.Number, work.OrderId, order.Product, operation.Code, work.Equipment, work.Operator,
        work.Activity, work.State, work.StartedAt, work.Since, work.PauseReason, work.SecondsAt(now), now, work.EndedBy, []);

    /// <summary>Views of a page of work, with the orders and operations that it is on.</summary>
    internal static async Task<Func<Work, WorkView>> For(
        IReadOnlyList<Work> rows, WorkOrdersDb db, DateTimeOffset now, CancellationToken ct)
    {
        var (orders, operations) = (rows.Select(w => w.OrderId).ToList(), rows.Select(w => w.OperationId).ToList());
        var orderOf = await db.Orders.AsNoTracking().Where(o => orders.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        var operationOf = await db.Operations.AsNoTracking()
            .Where(o => operations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        return work => Of(work, orderOf[work.OrderId], operationOf[work.OperationId], now);
    }
}
