using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

static class ListProductsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/products", Handle).Named("listProducts", "List the products")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<ProductView>> Handle(WorkOrdersDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Products.AsNoTracking().Where(product => string.Compare(product.Code, after) > 0)
            .OrderBy(product => product.Code).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(ProductView.Of), page.Size, product => product.Code);
    }
}
