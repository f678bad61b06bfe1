using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Erp;

static class ShowErpOrderEndpoint
{
    public static void Map(RouteGroupBuilder erp) =>
        erp.MapGet("/orders/{order}", Handle).Named("showErpOrder", "Show an order to the ERP")
            .RequireAuthorization(Permissions.ExchangeErp);

    static async Task<OrderView> Handle(Code order, WorkOrdersDb db, CancellationToken ct) => OrderView.Of(
        await db.Orders.AsNoTracking().Include(o => o.Operations).SingleOrDefaultAsync(o => o.Number == order, ct)
            ?? throw RuleViolation.NotFound("order", order));
}
