using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>
/// Takes orders of the same product, routing and revision into one, before work has begun on any: it is then to make what all of
/// them were, by its own dates and priority, and they are cancelled.
/// </summary>
/// <param name="OrderIds">Ids of the orders that are taken in, 1 to 100.</param>
/// <param name="Reason">Why, for the audit trail.</param>
public sealed record MergeOrders(IReadOnlyList<Guid> OrderIds, string? Reason = null);

sealed class MergeOrdersValidator : AbstractValidator<MergeOrders>
{
    public MergeOrdersValidator()
    {
        RuleFor(merge => merge.OrderIds).Must(ids => ids.Count is > 0 and <= 100).WithMessage("Name 1 to 100 orders.")
            .Must(ids => ids.Distinct().Count() == ids.Count).WithMessage("Name each order once.");
        RuleFor(merge => merge.Reason).IsReason();
    }
}

static class MergeOrdersEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/merge", Handle).Named("mergeOrders", "Take other orders into this one")
            .RequireAuthorization(Permissions.ReleaseWorkOrders);

    static async Task<Ok<OrderView>> Handle(Guid id, MergeOrders request, WorkOrdersDb db, CancellationToken ct)
    {
        if (request.OrderIds.Contains(id))
        {
            throw new RuleViolation(
                "order-merged-into-itself", "Name other orders than the one they are taken into.", ("orderId", id));
        }
        var orders = new Dictionary<Guid, WorkOrder>();
        // in one order, so that two who merge the same ones do not wait for each other
        foreach (var one in request.OrderIds.Append(id).Order())
            orders[one] = await db.LockOrder(one, ct) ?? throw RuleViolation.NotFound("order", one, "orderId");
        db.Reason = request.Reason;
        var target = orders[id];
        target.Merge([.. request.OrderIds.Select(one => orders[one])], await db.RoutingOf(target, ct));
        foreach (var order in orders.Values) db.Outbox.Add(order.ToContract());
        return TypedResults.Ok(OrderView.Of(target));
    }
}
