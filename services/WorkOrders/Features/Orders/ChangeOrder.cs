using FluentValidation;
using Mes.Kernel;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>Why an order is released, held, resumed, cancelled or closed.</summary>
/// <param name="Reason">Needed to hold, to cancel and to close short.</param>
public sealed record ChangeOrder(string? Reason = null)
{
    internal string NeededReason => string.IsNullOrWhiteSpace(Reason)
        ? throw new RuleViolation("reason-missing", "Say why.", ("reason", Reason))
        : Reason;
}

sealed class ChangeOrderValidator : AbstractValidator<ChangeOrder>
{
    public ChangeOrderValidator() => RuleFor(change => change.Reason).IsReason();
}

/// <summary>What all changes of an order's status have in common.</summary>
static class ChangeOrderStatus
{
    public static async Task<Ok<OrderView>> ChangeStatus(
        this WorkOrdersDb db, Guid id, ChangeOrder request, Action<WorkOrder> change, CancellationToken ct)
    {
        var order = await db.LockOrder(id, ct) ?? throw RuleViolation.NotFound("order", id, "orderId");
        db.Reason = request.Reason;
        change(order);
        db.Outbox.Add(order.ToContract());
        return TypedResults.Ok(OrderView.Of(order));
    }
}
