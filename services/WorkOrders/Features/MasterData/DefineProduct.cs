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

/// <summary>Defines a product, or changes its name or, while no order counts in the old one, its unit.</summary>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">Unit of its quantities, one of those that Inventory lists; pcs, kg, …</param>
public sealed record DefineProduct(string Name, string Unit);

sealed class DefineProductValidator : AbstractValidator<DefineProduct>
{
    public DefineProductValidator()
    {
        RuleFor(product => product.Name).IsName();
        RuleFor(product => product.Unit).IsCode();
    }
}

static class DefineProductEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/products/{code}", Handle).Named("defineProduct", "Define a product")
            .RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<ProductView>> Handle(Code code, DefineProduct request, WorkOrdersDb db, CancellationToken ct)
    {
        var product = await db.LockProduct(code.Value, ct);
        if (product?.Unit != request.Unit)
        {
            await MustFit(request.Unit, product, db, ct);
        }
        product ??= db.Products.Add(new Product { Code = code.Value }).Entity;
        if (product.Define(request.Name, request.Unit))
        {
            db.Outbox.Add(product.ToContract());
        }
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
            throw new RuleViolation("unit-not-found", UnitsOfMeasure.Hint, ("unit", unit));
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
}
