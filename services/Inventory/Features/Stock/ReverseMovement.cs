using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Stock;

/// <summary>Undoes a movement that a person made, by its counter-movement.</summary>
/// <param name="Reason">Why.</param>
public sealed record ReverseMovement(string Reason);

sealed class ReverseMovementValidator : AbstractValidator<ReverseMovement>
{
    public ReverseMovementValidator() => RuleFor(reversal => reversal.Reason).NotEmpty().WithMessage("Say why.").IsReason();
}

static class ReverseMovementEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/movements/{id:guid}/reversal", Handle)
            .Named("reverseMovement", "Reverse a movement by its opposite")
            .RequireAuthorization(Permissions.MoveInventory);

    static async Task<Ok<MovementPosted>> Handle(
        Guid id, ReverseMovement request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, InventoryDb db,
        StockStore store, LotSettlement settlement, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var movement = await db.Movements.AsNoTracking().Include(m => m.Entries).SingleOrDefaultAsync(m => m.Id == id, ct)
            ?? throw RuleViolation.NotFound("movement", id);
        RequireReversible(movement, caller);
        var entry = movement.Entries.First();
        var material = await db.LockMaterial(entry.Material, alone: false, ct);
        var stock = await db.LockLot(new LotKey(entry.Material, entry.Lot), ct);
        if (await db.Movements.AnyAsync(m => m.Reverses == id, ct))
        {
            throw RuleViolation.Conflict("already-reversed", "This movement has been reversed before.", ("movement", id));
        }
        db.Reason = request.Reason;
        var header = new MovementHeader(MovementKinds.Reversal, caller.Source(commandId, MovementKinds.Reversal),
            clock.GetUtcNow(), movement.OrderNumber)
        {
            Reverses = id, Reason = request.Reason, Operation = movement.Operation,
            InsteadOf = movement is { InsteadOf: { } component, InsteadRatio: { } ratio } ? new(component, ratio) : null
        };
        var kinds = await db.Locations.AsNoTracking().ToDictionaryAsync(location => location.Code, l => l.Kind, ct);
        RequireStillThere(movement, stock, kinds);
        var counter = store.Undo(header, stock, movement, kinds);
        await settlement.SettleAfterInflow(material, stock, ct);
        await store.Write(ct);
        return TypedResults.Ok(counter.Posted(stock, movement.Entries.Where(e => e.Quantity > 0).Sum(e => e.Quantity),
            material.Unit));
    }

    static void RequireReversible(Movement movement, Caller caller)
    {
        if (movement.SourceKind != MovementSource.Command || movement.Kind == MovementKinds.Reversal)
        {
            throw new RuleViolation("not-reversible",
                "Undo a production report where it was made; enter again what was reversed by mistake.",
                ("movement", movement.Id), ("kind", movement.Kind));
        }
        if (movement.Kind == MovementKinds.Adjustment && !caller.May(Permissions.AdjustInventory))
        {
            throw new RuleViolation("adjustment-not-permitted", "Ask somebody who may adjust stock.",
                ("permission", Permissions.AdjustInventory));
        }
    }

    static void RequireStillThere(Movement movement, LotStock stock, Dictionary<string, LocationKind> kinds)
    {
        foreach (var entry in movement.Entries.Where(entry => entry.Quantity > 0 && kinds[entry.Location].IsReal()))
        {
            StockRequests.RequireEnough(stock.Lot.Key, entry.Location, entry.Quantity,
                stock.FreeFor(null, at => at.Location == entry.Location));
        }
    }
}
