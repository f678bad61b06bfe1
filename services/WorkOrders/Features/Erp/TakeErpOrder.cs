using Mes.Contracts;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Erp;

/// <summary>
/// An order from the ERP. The same number again says what is wanted of it now: quantity, priority, dates, and that it is
/// released; a member left out counts as said. The same again changes nothing.
/// </summary>
public sealed record ErpOrder : NewOrder;

sealed class ErpOrderValidator : NewOrderValidator<ErpOrder>;

static class TakeErpOrderEndpoint
{
    public static void Map(RouteGroupBuilder erp) =>
        erp.MapPut("/orders/{order}", Handle).Named("takeErpOrder", "Send or change an order from the ERP")
            .RequireAuthorization(Permissions.ExchangeErp);

    static async Task<Ok<OrderView>> Handle(
        Code order, ErpOrder request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(OrderView.Of(await db.LockOrder(order.Value, ct) is { } known
            ? await Change(known, request, db, ct)
            : await db.MakeOrder(order.Value, request, clock, ct)));

    /// <summary>The number sent again is a change of what is wanted, and nothing at all where that is the same.</summary>
    static async Task<WorkOrder> Change(WorkOrder order, ErpOrder request, WorkOrdersDb db, CancellationToken ct)
    {
        if (request.Routing != order.RoutingCode || (request.Revision ?? order.RoutingRevision) != order.RoutingRevision
            || (request.Lot ?? order.Lot) != order.Lot)
        {
            throw RuleViolation.Conflict("order-exists",
                "Of an order that was taken only quantity, priority and dates can change. Send a new order under another number.",
                ("order", order.Number), ("routing", order.RoutingCode), ("revision", order.RoutingRevision),
                ("lot", order.Lot));
        }
        request.MustBeIn(order.Unit);
        var isReleased = request.Release && order.Status == WorkOrderStatus.Planned;
        if (await db.Change(order, request.Demand, ct) | isReleased)
        {
            if (isReleased)
            {
                order.Release();
            }
            db.Outbox.Add(order.ToContract());
        }
        return order;
    }
}
