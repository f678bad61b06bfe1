using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

static class HoldOrderEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/hold", Handle).Named("holdOrder", "Hold an order")
            .RequireAuthorization(Permissions.FollowUpWorkOrders);

    static Task<Ok<OrderView>> Handle(Guid id, ChangeOrder request, WorkOrdersDb db, CancellationToken ct) =>
        db.ChangeStatus(id, request, order => order.Hold(request.NeededReason), ct);
}
