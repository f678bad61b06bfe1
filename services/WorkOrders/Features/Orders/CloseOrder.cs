using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

static class CloseOrderEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/close", Handle).Named("closeOrder", "Close an order, also short")
            .RequireAuthorization(Permissions.ReleaseWorkOrders);

    static Task<Ok<OrderView>> Handle(Guid id, ChangeOrder request, WorkOrdersDb db, CancellationToken ct) =>
        db.ChangeStatus(id, request, order => order.Close(request.Reason), ct);
}
