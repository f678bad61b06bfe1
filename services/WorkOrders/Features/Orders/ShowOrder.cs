using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Orders;

static class ShowOrderEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders/{id:guid}", Handle).Named("showOrder", "Show an order with its operations")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<OrderView> Handle(Guid id, WorkOrdersDb db, CancellationToken ct) =>
        OrderView.Of(await db.Orders.AsNoTracking().Include(o => o.Operations).SingleOrDefaultAsync(o => o.Id == id, ct)
            ?? throw RuleViolation.NotFound("order", id, "orderId"));
}
