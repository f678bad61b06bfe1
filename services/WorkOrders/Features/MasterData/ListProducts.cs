using Mes.Web.Auth;
using Mes.Web;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

static class ListProductsEndpoint
{
    static readonly CodePages<Product> Listed =
        new CodePages<Product>(p => p.Code).FoundBy(p => p.Code, p => p.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/products", Handle).Named("listProducts", "List the products")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<ProductView>> Handle(
        WorkOrdersDb db, Code? gtin, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var number = gtin is null ? null : Gtin.Normalize(gtin.Value);
        var products = db.Products.AsNoTracking().Where(product => number == null || product.Gtin == number);
        var rows = await Listed.Take(products, search, page).ToListAsync(ct);
        return Listed.Page(rows.ConvertAll(ProductView.Of), page, product => [product.Code]);
    }
}
