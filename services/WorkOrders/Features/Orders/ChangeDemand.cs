using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>Says what is wanted of an open order now; reservation, plan and dispatch list follow.</summary>
/// <param name="Quantity">Ordered quantity, &gt; 0, not below what is good already.</param>
/// <param name="Reason">Why, for the audit trail.</param>
/// <param name="Priority">0 is normal, 100 and above is a rush order, up to 1000.</param>
/// <param name="ReleaseAt">Earliest start; none where it is left out.</param>
/// <param name="DueAt">Due date; none where it is left out.</param>
public sealed record ChangeDemand(
    decimal Quantity, string Reason, int Priority = 0, DateTimeOffset? ReleaseAt = null, DateTimeOffset? DueAt = null);

sealed class ChangeDemandValidator : AbstractValidator<ChangeDemand>
{
    public ChangeDemandValidator()
    {
        RuleFor(change => change.Quantity).IsPositiveQuantity();
        RuleFor(change => change.Reason).IsGivenReason();
        RuleFor(change => change.Priority).InclusiveBetween(0, 1000).WithMessage("Use a priority from 0 to 1000.");
        RuleFor(change => change.ReleaseAt!.Value).IsTime().When(change => change.ReleaseAt is not null);
        RuleFor(change => change.DueAt!.Value).IsTime().When(change => change.DueAt is not null);
    }
}

static class ChangeDemandEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/change", Handle)
            .Named("changeDemand", "Change due date, quantity or priority of an order")
            .RequireAuthorization(Permissions.ReleaseWorkOrders);

    static async Task<Ok<OrderView>> Handle(Guid id, ChangeDemand request, WorkOrdersDb db, CancellationToken ct)
    {
        var order = await db.LockOrder(id, ct) ?? throw RuleViolation.NotFound("order", id, "orderId");
        db.Reason = request.Reason;
        var wanted = new OrderDemand(request.Quantity, request.Priority, request.ReleaseAt, request.DueAt).Kept;
        if (await db.Change(order, wanted, ct))
        {
            db.Outbox.Add(order.ToContract());
        }
        return TypedResults.Ok(OrderView.Of(order));
    }
}
