using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Erp;

/// <summary>The ERP closes an order: completed where its quantity was received, else short.</summary>
/// <param name="Reason">Needed to close it short.</param>
public sealed record CloseErpOrder(string? Reason = null);

sealed class CloseErpOrderValidator : AbstractValidator<CloseErpOrder>
{
    public CloseErpOrderValidator() => RuleFor(close => close.Reason).IsReason();
}

static class CloseErpOrderEndpoint
{
    public static void Map(RouteGroupBuilder erp) =>
        erp.MapPost("/orders/{order}/close", Handle).Named("closeErpOrder", "Close an order from the ERP")
            .RequireAuthorization(Permissions.ExchangeErp);

    static async Task<Ok<OrderView>> Handle(Code order, CloseErpOrder request, WorkOrdersDb db, CancellationToken ct)
    {
        var closed = await db.LockOrder(order.Value, ct) ?? throw RuleViolation.NotFound("order", order);
        db.Reason = request.Reason;
        closed.Close(request.Reason);
        db.Outbox.Add(closed.ToContract());
        return TypedResults.Ok(OrderView.Of(closed));
    }
}
