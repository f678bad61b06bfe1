using FluentValidation;
using Mes.Kernel;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>Why an order is released, held, resumed, cancelled or closed.</summary>
/// <param name="Reason">Needed to hold, to cancel and to close short.</param>
public sealed record ChangeOrder(string? Reason = null);

sealed class ChangeOrderValidator : AbstractValidator<ChangeOrder>
{
    public ChangeOrderValidator() => RuleFor(change => change.Reason).IsReason();
}

/// <summary>The changes of an order's status: release, hold, resume, cancel, close.</summary>
static class ChangeOrderEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        Verb("release", (order, _) => order.Release());
        Verb("hold", (order, reason) => order.Hold(Needed(reason)));
        Verb("resume", (order, _) => order.Resume());
        Verb("cancel", (order, reason) => order.Cancel(Needed(reason)));
        Verb("close", (order, reason) => order.Close(reason));

        void Verb(string name, Action<WorkOrder, string?> change) => api.MapPost($"/orders/{{id:guid}}/{name}",
            async Task<Ok<OrderView>> (Guid id, ChangeOrder request, WorkOrdersDb db, CancellationToken ct) =>
            {
                var order = await db.LockOrder(id, ct) ?? throw RuleViolation.NotFound("order", id, "orderId");
                db.Reason = request.Reason;
                change(order, request.Reason);
                db.Outbox.Add(order.ToContract());
                return TypedResults.Ok(OrderView.Of(order));
            }).RequireAuthorization(Permissions.ReleaseWorkOrders);
    }

    static string Needed(string? reason) => string.IsNullOrWhiteSpace(reason)
        ? throw new RuleViolation("reason-missing", "Say why.", ("reason", reason))
        : reason;
}
