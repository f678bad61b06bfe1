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
/// <param name="Unit">Unit of its quantities, one of <c>GET /units</c>; fixed once it has been moved.</param>
/// <param name="IsTrackedByLot">Whether each receipt names a lot; fixed once it has been moved.</param>
public sealed record DefineMaterial(string Name, string Unit, bool IsTrackedByLot = true);

sealed class DefineMaterialValidator : AbstractValidator<DefineMaterial>
{
    public DefineMaterialValidator()
    {
        RuleFor(material => material.Name).IsName();
        RuleFor(material => material.Unit).IsCode();
    }
}

/// <summary>A material: a product, a component, a raw material.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Unit">Unit code of all its quantities.</param>
/// <param name="IsTrackedByLot">Whether each receipt names a lot; otherwise all of it is one lot, <c>-</c>.</param>
/// <param name="IsStub">Whether a movement or an order has named it and nobody has defined it yet.</param>
public sealed record MaterialView(string Code, string Name, string Unit, bool IsTrackedByLot, bool IsStub)
{
    internal static MaterialView Of(Material material) =>
        new(material.Code, material.Name, material.Unit, material.IsTrackedByLot, material.IsStub);
}

static class DefineMaterialEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/materials/{code}", Handle).RequireAuthorization(Permissions.AdjustInventory);
        api.MapGet("/materials", List).RequireAuthorization(Permissions.ReadInventory);
        api.MapGet("/materials/{code}", Get).RequireAuthorization(Permissions.ReadInventory);
        api.MapGet("/units", () => UnitsOfMeasure.All).RequireAuthorization(Permissions.ReadInventory);
    }

    static async Task<Ok<MaterialView>> Handle(Code code, DefineMaterial request, InventoryDb db, CancellationToken ct)
    {
        await db.OwnMaterials([code], ct);
        var material = await db.Materials.SingleOrDefaultAsync(m => m.Code == code, ct);
        if (material?.Unit != request.Unit && !UnitsOfMeasure.IsKnown(request.Unit))
        {
            throw new RuleViolation("unknown-unit", UnitsOfMeasure.Hint, ("unit", request.Unit));
        }
        if (material is null)
        {
            material = db.Materials.Add(new Material { Code = code, Name = request.Name, Unit = request.Unit }).Entity;
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
        (material.Name, material.Unit, material.IsTrackedByLot) = (request.Name, request.Unit, request.IsTrackedByLot);
        material.IsStub = false;
        return TypedResults.Ok(MaterialView.Of(material));
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

    static async Task<MaterialView> Get(Code code, InventoryDb db, CancellationToken ct) =>
        await db.Materials.AsNoTracking().Where(m => m.Code == code).Select(m => MaterialView.Of(m)).SingleOrDefaultAsync(ct)
        ?? throw RuleViolation.NotFound("material", code);

    static async Task<Page<MaterialView>> List(InventoryDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Materials.AsNoTracking().Where(material => material.Code.CompareTo(after) > 0)
            .OrderBy(material => material.Code).Take(page.Size + 1)
            .Select(material => MaterialView.Of(material)).ToListAsync(ct);
        return Page.Of(rows, page.Size, material => material.Code);
    }
}
