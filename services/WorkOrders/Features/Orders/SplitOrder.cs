using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>
/// Splits pieces off that nothing was reported on, as an order of the same routing, priority and dates; what was reported stays,
/// and so do notes and attachments.
/// </summary>
/// <param name="Quantity">How many, &gt; 0 and less than all.</param>
/// <param name="Order">Number of the new order; by the numbering of orders where none is given.</param>
/// <param name="Lot">Lot number of what it makes; by the numbering of lots where none is given, else its number.</param>
/// <param name="Reason">Why, for the audit trail.</param>
public sealed record SplitOrder(decimal Quantity, string? Order = null, string? Lot = null, string? Reason = null);

sealed class SplitOrderValidator : AbstractValidator<SplitOrder>
{
    public SplitOrderValidator()
    {
        RuleFor(split => split.Quantity).IsPositiveQuantity();
        RuleFor(split => split.Order).IsCodeOrNull();
        RuleFor(split => split.Lot).IsCodeOrNull();
        RuleFor(split => split.Reason).IsReason();
    }
}

/// <summary>What a split has made.</summary>
/// <param name="Order">The order, with what is left of it.</param>
/// <param name="SplitOff">The new order.</param>
public sealed record OrderSplit(OrderView Order, OrderView SplitOff);

static class SplitOrderEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/split", Handle).Named("splitOrder", "Split a part of an order off")
            .RequireAuthorization(Permissions.ReleaseWorkOrders);

    static async Task<Ok<OrderSplit>> Handle(
        Guid id, SplitOrder request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        var order = await db.LockOrder(id, ct) ?? throw RuleViolation.NotFound("order", id, "orderId");
        db.Reason = request.Reason;
        var (number, lot, _) = await db.Number(request.Order, request.Lot, order.Demand, order.Product, clock.Today(), ct);
        var other = order.Split(request.Quantity, number, lot, await db.RoutingOf(order, ct));
        await db.AddOrder(other, ct);
        db.Outbox.Add(order.ToContract());
        return TypedResults.Ok(new OrderSplit(OrderView.Of(order), OrderView.Of(other)));
    }
}
