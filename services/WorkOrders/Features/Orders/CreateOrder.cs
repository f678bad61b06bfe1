using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>An order that is made by hand.</summary>
public sealed record CreateOrder : NewOrder
{
    /// <summary>Its number, which no other order has; by the numbering of orders where none is given.</summary>
    public string? Order { get; init; }
}

sealed class CreateOrderValidator : NewOrderValidator<CreateOrder>
{
    public CreateOrderValidator() => RuleFor(order => order.Order).IsCodeOrNull();
}

static class CreateOrderEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders", Handle).Named("createOrder", "Create an order by hand")
            .RequireAuthorization(Permissions.ReleaseWorkOrders);

    static async Task<Ok<OrderView>> Handle(
        CreateOrder request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(OrderView.Of(await db.MakeOrder(request.Order, request, clock, ct)));
}
