using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Inventory.Features.Stock;

/// <summary>Moves stock that is reserved for nobody from one place to another.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Quantity">Quantity in <paramref name="Unit"/>, &gt; 0.</param>
/// <param name="Unit">The material's unit.</param>
/// <param name="From">Where it lies.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Lot">Lot number; none for a material that is not tracked by lot.</param>
/// <param name="OccurredAt">When it was moved; now where not given.</param>
public sealed record MoveStock(
    string Material, decimal Quantity, string Unit, string From, string To, string? Lot = null,
    DateTimeOffset? OccurredAt = null);

sealed class MoveStockValidator : AbstractValidator<MoveStock>
{
    public MoveStockValidator()
    {
        RuleFor(move => move.Material).IsCode();
        RuleFor(move => move.Quantity).IsPositiveQuantity();
        RuleFor(move => move.Unit).IsCode();
        RuleFor(move => move.From).IsCode();
        RuleFor(move => move.To).IsCode();
        RuleFor(move => move.To).NotEqual(move => move.From).WithMessage("Name two different locations.");
        RuleFor(move => move.Lot).IsCodeOrNull();
        RuleFor(move => move.OccurredAt!.Value).IsTime().When(move => move.OccurredAt is not null);
    }
}

static class MoveStockEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/moves", Handle).Named("moveStock", "Move stock to another location")
            .RequireAuthorization(Permissions.MoveInventory);

    static async Task<Ok<MovementPosted>> Handle(
        MoveStock request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, InventoryDb db, StockStore store,
        Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var material = await db.LockMaterial(request.Material, alone: false, ct);
        material.RequireUnit(request.Unit);
        var from = await db.RequireLocation(request.From, ct);
        var to = await db.RequireLocation(request.To, ct);
        var occurredAt = clock.OccurredAt(request.OccurredAt);
        var stock = await db.LockLot(new LotKey(material.Code, material.LotNumber(request.Lot)), ct);
        StockRequests.RequireEnough(stock.Lot.Key, from.Code, request.Quantity,
            stock.FreeFor(null, at => at.Location == from.Code));

        var taken = stock.Take(request.Quantity, null, mayDisplace: false, at => at.Location == from.Code ? 0 : null);
        var header = new MovementHeader(MovementKinds.Move, caller.Source(commandId, MovementKinds.Move), occurredAt);
        var movement = store.Transfer(header, stock, taken, to);
        await store.Write(ct);
        return TypedResults.Ok(movement.Posted(stock, request.Quantity, material.Unit));
    }
}
