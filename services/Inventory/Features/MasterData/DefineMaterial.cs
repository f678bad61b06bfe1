using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

/// <summary>Defines a material, or changes it.</summary>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">
/// Unit of its quantities, one of <c>GET /units</c>; fixed once it has been moved or orders need or make it.
/// </param>
/// <param name="IsTrackedByLot">Whether each receipt names a lot; fixed once it has been moved or orders need or make it.</param>
public sealed record DefineMaterial(string Name, string Unit, bool IsTrackedByLot = true);

sealed class DefineMaterialValidator : AbstractValidator<DefineMaterial>
{
    public DefineMaterialValidator()
    {
        RuleFor(material => material.Name).IsName();
        RuleFor(material => material.Unit).IsCode();
    }
}

static class DefineMaterialEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/materials/{code}", Handle).Named("defineMaterial", "Define a material")
            .RequireAuthorization(Permissions.AdjustInventory);

    static async Task<Ok<MaterialView>> Handle(Code code, DefineMaterial request, InventoryDb db, CancellationToken ct)
    {
        await db.OwnMaterials([code], ct);
        var material = await db.Materials.SingleOrDefaultAsync(m => m.Code == code, ct);
        if (material?.Unit != request.Unit && !UnitsOfMeasure.IsKnown(request.Unit))
        {
            throw new RuleViolation("unit-not-found", UnitsOfMeasure.Hint, ("unit", request.Unit));
        }
        if (material is { ProductVersion: > 0 } && material.Name != request.Name)
        {
            throw new RuleViolation("name-of-product", "It is a product: its name is changed at the product.",
                ("material", material.Code), ("name", material.Name));
        }
        if (material is null)
        {
            material = db.Materials.Add(new Material { Code = code }).Entity;
        }
        else if (material.Unit != request.Unit || material.IsTrackedByLot != request.IsTrackedByLot)
        {
            if (material.Unit != request.Unit && material.ProductVersion > 0)
            {
                throw new RuleViolation("unit-of-product", "It is a product: its unit is changed at the product.",
                    ("material", material.Code), ("unit", material.Unit));
            }
            await RequireUnused(db, material, ct);
        }
        return TypedResults.Ok(MaterialView.Of(material.Define(request.Name, request.Unit, request.IsTrackedByLot)));
    }

    static async Task RequireUnused(InventoryDb db, Material material, CancellationToken ct)
    {
        if (await db.IsMoved(material.Code, ct))
        {
            throw new RuleViolation("material-in-use",
                "Its unit and whether it is tracked by lot are fixed once it has been moved or orders need or make it. "
                + "Define another material, or close the orders.",
                ("material", material.Code), ("unit", material.Unit), ("isTrackedByLot", material.IsTrackedByLot));
        }
    }
}
