using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Inventory.Features.Stock;

/// <summary>Corrects what is on hand, because a count found more or less, or because some was thrown away.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Quantity">What is more (positive) or less (negative) there, in <paramref name="Unit"/>; not 0.</param>
/// <param name="Unit">The material's unit.</param>
/// <param name="Location">Where.</param>
/// <param name="Reason">Why.</param>
/// <param name="Lot">Lot number; none for a material that is not tracked by lot.</param>
/// <param name="IsScrap">Whether it was thrown away; the quantity is negative then.</param>
/// <param name="OccurredAt">When it was found; now where not given.</param>
public sealed record AdjustStock(
    string Material, decimal Quantity, string Unit, string Location, string Reason, string? Lot = null,
    bool IsScrap = false, DateTimeOffset? OccurredAt = null);

sealed class AdjustStockValidator : AbstractValidator<AdjustStock>
{
    public AdjustStockValidator()
    {
        RuleFor(adjustment => adjustment.Material).IsCode();
        RuleFor(adjustment => Math.Abs(adjustment.Quantity)).IsPositiveQuantity()
            .OverridePropertyName(nameof(AdjustStock.Quantity));
        RuleFor(adjustment => adjustment.Quantity).LessThan(0).When(adjustment => adjustment.IsScrap)
            .WithMessage("Scrap leaves stock: use a quantity below 0.");
        RuleFor(adjustment => adjustment.Unit).IsCode();
        RuleFor(adjustment => adjustment.Location).IsCode();
        RuleFor(adjustment => adjustment.Reason).NotEmpty().WithMessage("Say why.").IsReason();
        RuleFor(adjustment => adjustment.Lot).IsCodeOrNull();
        RuleFor(adjustment => adjustment.OccurredAt!.Value).IsTime().When(adjustment => adjustment.OccurredAt is not null);
    }
}

static class AdjustStockEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/adjustments", Handle).Named("adjustStock", "Correct stock to what was counted, or scrap it")
            .RequireAuthorization(Permissions.AdjustInventory);

    static async Task<Ok<MovementPosted>> Handle(
        AdjustStock request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, InventoryDb db, StockStore store,
        LotSettlement settlement, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var material = await db.LockMaterial(request.Material, alone: false, ct);
        material.RequireUnit(request.Unit);
        var location = await db.RequireLocation(request.Location, ct);
        var header = new MovementHeader(MovementKinds.Adjustment, caller.Source(commandId, MovementKinds.Adjustment),
            clock.OccurredAt(request.OccurredAt))
        {
            Reason = request.Reason
        };
        var stock = await db.LockLot(new LotKey(material.Code, material.LotNumber(request.Lot)), ct);

        db.Reason = request.Reason;
        var movement = request.Quantity > 0
            ? await Add(request, store, settlement, (header, material, stock, location), ct)
            : Remove(request, store, header, stock, location);
        await store.Write(ct);
        return TypedResults.Ok(movement.Posted(stock, request.Quantity, material.Unit));
    }

    static async Task<Movement> Add(
        AdjustStock request, StockStore store, LotSettlement settlement,
        (MovementHeader Header, Material Material, LotStock Stock, Location Location) at, CancellationToken ct)
    {
        var movement = store.PutIn(at.Header, at.Stock, at.Stock.At(at.Location.Code, at.Location.Kind), request.Quantity,
            Location.Adjustment);
        await settlement.SettleAfterInflow(at.Material, at.Stock, ct);
        return movement;
    }

    /// <summary>What is gone is gone, reserved or not: reservations give way.</summary>
    static Movement Remove(AdjustStock request, StockStore store, MovementHeader header, LotStock stock, Location location)
    {
        StockRequests.RequireEnough(
            stock.Lot.Key, location.Code, -request.Quantity, stock.At(location.Code, location.Kind).OnHand);
        var taken = stock.Take(-request.Quantity, null, mayDisplace: true, at => at.Location == location.Code ? 0 : null);
        return store.TakeOut(header, stock, taken, request.IsScrap ? Location.Scrap : Location.Adjustment);
    }
}
