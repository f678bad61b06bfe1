using FluentValidation;
using Mes.Contracts;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>Defines a product, or changes its name or, while no order of it is open, its unit.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">Unit of its quantities, one of those that Inventory lists; pcs, kg, …</param>
public sealed record DefineProduct(string Code, string Name, string Unit);

/// <summary>A product.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">Unit code of its quantities.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record ProductView(string Code, string Name, string Unit, long Version)
{
    internal static ProductView Of(Product product) => new(product.Code, product.Name, product.Unit, product.Version);
}

sealed class DefineProductValidator : AbstractValidator<DefineProduct>
{
    public DefineProductValidator()
    {
        RuleFor(product => product.Code).IsCode();
        RuleFor(product => product.Name).IsName();
        RuleFor(product => product.Unit).IsCode();
    }
}

static class DefineProductEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/products", Handle).RequireAuthorization(Permissions.ManageWorkOrders);
        api.MapGet("/products", List).RequireAuthorization(Permissions.ReadWorkOrders);
    }

    static async Task<Ok<ProductView>> Handle(DefineProduct request, WorkOrdersDb db, CancellationToken ct)
    {
        var product = await db.Products.FromSql($"SELECT * FROM product WHERE code = {request.Code} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        if (product?.Unit != request.Unit)
        {
            await MustFit(request.Unit, product, db, ct);
        }
        if (product is null)
        {
            product = db.Products.Add(new Product { Code = request.Code, Name = request.Name, Unit = request.Unit }).Entity;
        }
        else if (product.Name == request.Name && product.Unit == request.Unit)
        {
            return TypedResults.Ok(ProductView.Of(product));
        }
        (product.Name, product.Unit) = (request.Name, request.Unit);
        product.Version++;
        db.Outbox.Add(new ProductChanged(product.Code, product.Version, product.Name, product.Unit));
        return TypedResults.Ok(ProductView.Of(product));
    }

    /// <summary>
    /// A unit that was taken before there was a list stays; another one is of the list, and no order counts in the old: stock
    /// and history of what was made do, as long as the plant lives.
    /// </summary>
    static async Task MustFit(string unit, Product? product, WorkOrdersDb db, CancellationToken ct)
    {
        if (!UnitsOfMeasure.IsKnown(unit))
        {
            throw new RuleViolation("unknown-unit", UnitsOfMeasure.Hint, ("unit", unit));
        }
        var order = product is null ? null : await db.Orders.Where(o => o.Product == product.Code
            && (o.Status != WorkOrderStatus.Cancelled || db.Reports.Any(report => report.OrderId == o.Id)))
            .OrderBy(o => o.Id).Select(o => o.Number).FirstOrDefaultAsync(ct);
        if (order is not null)
        {
            throw new RuleViolation("product-in-use",
                "An order counts in the old unit. Define another product for the new one.",
                ("product", product!.Code), ("unit", product.Unit), ("order", order));
        }
    }

    static async Task<Page<ProductView>> List(WorkOrdersDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Products.AsNoTracking().Where(product => string.Compare(product.Code, after) > 0)
            .OrderBy(product => product.Code).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(ProductView.Of), page.Size, product => product.Code);
    }
}
