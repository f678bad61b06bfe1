using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

static class ShowProductEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/products/{code}", Handle).Named("showProduct", "Show a product")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<ProductView> Handle(Code code, WorkOrdersDb db, CancellationToken ct) => ProductView.Of(
        await db.Products.AsNoTracking().SingleOrDefaultAsync(product => product.Code == code, ct)
            ?? throw RuleViolation.NotFound("product", code));
}
