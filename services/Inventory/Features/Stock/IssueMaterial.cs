using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Inventory.Features.Stock;

/// <summary>Hands material out to a work order.</summary>
/// <param name="Order">Number of the order; it need not have arrived here yet.</param>
/// <param name="Material">Material code.</param>
/// <param name="Quantity">Quantity in <paramref name="Unit"/>, &gt; 0.</param>
/// <param name="Unit">The material's unit.</param>
/// <param name="Lot">Lot number; where none is given: first expired, first in, first out.</param>
/// <param name="Location">Where it is taken; any store or line side where not given.</param>
/// <param name="OccurredAt">When it was handed out; now where not given.</param>
/// <param name="Operation">Code of the order's operation that it is for; not said where not given.</param>
/// <param name="InsteadOf">
/// The component in whose place it is used, as the routing allows; none where it is a component itself, or nothing of the order.
/// </param>
public sealed record IssueMaterial(
    string Order, string Material, decimal Quantity, string Unit, string? Lot = null, string? Location = null,
    DateTimeOffset? OccurredAt = null, string? Operation = null, string? InsteadOf = null);

/// <summary>What was handed out.</summary>
/// <param name="Movements">One movement for each lot.</param>
public sealed record MaterialHandedOut(IReadOnlyList<MovementPosted> Movements);

sealed class IssueMaterialValidator : AbstractValidator<IssueMaterial>
{
    public IssueMaterialValidator()
    {
        RuleFor(issue => issue.Order).IsCode();
        RuleFor(issue => issue.Material).IsCode();
        RuleFor(issue => issue.Quantity).IsPositiveQuantity();
        RuleFor(issue => issue.Unit).IsCode();
        RuleFor(issue => issue.Lot).IsCodeOrNull();
        RuleFor(issue => issue.Location).IsCodeOrNull();
        RuleFor(issue => issue.Operation).IsCodeOrNull();
        RuleFor(issue => issue.InsteadOf).IsCodeOrNull();
        RuleFor(issue => issue.OccurredAt!.Value).IsTime().When(issue => issue.OccurredAt is not null);
    }
}

static class IssueMaterialEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/issues", Handle).Named("issueMaterial", "Issue material to an order")
            .RequireAuthorization(Permissions.MoveInventory);

    static async Task<Ok<MaterialHandedOut>> Handle(
        IssueMaterial request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, InventoryDb db, StockStore store,
        Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var material = await db.LockMaterial(request.Material, alone: request.Lot is null, ct);
        material.RequireUnit(request.Unit);
        var instead = request.InsteadOf is { } component
            ? await db.RequireReplacement(request.Order, component, material.Code, ct) : null;
        var location = request.Location is { } code ? await db.RequireLocation(code, ct) : null;
        var occurredAt = clock.OccurredAt(request.OccurredAt);
        var lots = request.Lot is null && material.IsTrackedByLot
            ? await db.LockLotsInOrderOfUse(request.Order, material.Code, location?.Code, request.Quantity, false, occurredAt, ct)
            : [await db.LockLot(new LotKey(material.Code, material.LotNumber(request.Lot)), ct)];
        lots.ForEach(lot => lot.Lot.RequireUsable(occurredAt));

        bool IsSource(StockAt at) => at.Kind.IsIssuable() && (location is null || at.Location == location.Code);
        StockRequests.RequireEnough(new LotKey(material.Code, request.Lot ?? ""), location?.Code, request.Quantity,
            lots.Sum(lot => lot.FreeFor(request.Order, IsSource)));

        var handedOut = new List<MovementPosted>();
        var wanted = request.Quantity;
        foreach (var lot in lots)
        {
            var taken = lot.Take(wanted, request.Order, mayDisplace: false,
                at => !IsSource(at) ? null : at.Kind == LocationKind.LineSide ? 0 : 1);
            var quantity = taken.Sum(t => t.Quantity);
            if (quantity > 0)
            {
                var source = caller.Source(commandId, MovementKinds.Issue, handedOut.Count + 1);
                var header = new MovementHeader(MovementKinds.Issue, source, occurredAt, request.Order)
                {
                    Operation = request.Operation, InsteadOf = instead
                };
                var movement = store.TakeOut(header, lot, taken, Location.Consumption);
                handedOut.Add(movement.Posted(lot, quantity, material.Unit));
                wanted -= quantity;
            }
        }
        await store.Write(ct);
        return TypedResults.Ok(new MaterialHandedOut(handedOut));
    }
}
