using FluentValidation;
using Mes.Contracts;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features;

/// <summary>Defines a product, or changes its name or unit.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">Unit code of its quantities.</param>
public sealed record DefineProduct(string Code, string Name, string Unit);

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

    static async Task<Ok<Product>> Handle(DefineProduct request, WorkOrdersDb db, CancellationToken ct)
    {
        var product = await db.Products.FromSql($"SELECT * FROM product WHERE code = {request.Code} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (product is null)
        {
            product = db.Products.Add(new Product { Code = request.Code, Name = request.Name, Unit = request.Unit }).Entity;
        }
        else if (product.Name == request.Name && product.Unit == request.Unit)
        {
            return TypedResults.Ok(product);
        }
        (product.Name, product.Unit) = (request.Name, request.Unit);
        product.Version++;
        db.Outbox.Add(new ProductChanged(product.Code, product.Version, product.Name, product.Unit));
        return TypedResults.Ok(product);
    }

    static async Task<Page<Product>> List(WorkOrdersDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Products.AsNoTracking().Where(product => string.Compare(product.Code, after) > 0)
            .OrderBy(product => product.Code).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows, page.Size, product => product.Code);
    }
}
