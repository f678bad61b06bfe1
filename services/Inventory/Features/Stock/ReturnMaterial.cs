using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Inventory.Features.Stock;

/// <summary>Takes back what a work order did not use.</summary>
/// <param name="Order">Number of the order that it had been issued to.</param>
/// <param name="Material">Material code.</param>
/// <param name="Quantity">Quantity in <paramref name="Unit"/>, &gt; 0, at most what the order has of the lot.</param>
/// <param name="Unit">The material's unit.</param>
/// <param name="Location">Where it is put.</param>
/// <param name="Lot">Lot number; none for a material that is not tracked by lot.</param>
/// <param name="Reason">Why, or none.</param>
/// <param name="OccurredAt">When it came back; now where not given.</param>
/// <param name="Operation">Code of the operation that it had been issued for; of any where not given.</param>
/// <param name="InsteadOf">The component in whose place it had been issued; none where it was for itself.</param>
public sealed record ReturnMaterial(
    string Order, string Material, decimal Quantity, string Unit, string Location, string? Lot = null,
    string? Reason = null, DateTimeOffset? OccurredAt = null, string? Operation = null, string? InsteadOf = null);

sealed class ReturnMaterialValidator : AbstractValidator<ReturnMaterial>
{
    public ReturnMaterialValidator()
    {
        RuleFor(back => back.Order).IsCode();
        RuleFor(back => back.Material).IsCode();
        RuleFor(back => back.Quantity).IsPositiveQuantity();
        RuleFor(back => back.Unit).IsCode();
        RuleFor(back => back.Location).IsCode();
        RuleFor(back => back.Lot).IsCodeOrNull();
        RuleFor(back => back.Reason).IsReason();
        RuleFor(back => back.Operation).IsCodeOrNull();
        RuleFor(back => back.InsteadOf).IsCodeOrNull();
        RuleFor(back => back.OccurredAt!.Value).IsTime().When(back => back.OccurredAt is not null);
    }
}

static class ReturnMaterialEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/returns", Handle).Named("returnMaterial", "Take material back from an order")
            .RequireAuthorization(Permissions.MoveInventory);

    static async Task<Ok<MovementPosted>> Handle(
        ReturnMaterial request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, InventoryDb db, StockStore store,
        LotSettlement settlement, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var material = await db.LockMaterial(request.Material, alone: false, ct);
        material.RequireUnit(request.Unit);
        var instead = request.InsteadOf is { } component
            ? await db.RequireReplacement(request.Order, component, material.Code, ct) : null;
        var location = await db.RequireLocation(request.Location, ct);
        var occurredAt = clock.OccurredAt(request.OccurredAt);
        var stock = await db.LockLot(new LotKey(material.Code, material.LotNumber(request.Lot)), ct);
        await RequireIssued(db, stock.Lot.Key, request, ct);

        db.Reason = request.Reason;
        var source = caller.Source(commandId, MovementKinds.Return);
        var header = new MovementHeader(MovementKinds.Return, source, occurredAt, request.Order)
        {
            Reason = request.Reason, Operation = request.Operation, InsteadOf = instead
        };
        var movement = store.PutIn(
            header, stock, stock.At(location.Code, location.Kind), request.Quantity, Location.Consumption);
        await settlement.SettleAfterInflow(material, stock, ct);
        await store.Write(ct);
        return TypedResults.Ok(movement.Posted(stock, request.Quantity, material.Unit));
    }

    static async Task RequireIssued(InventoryDb db, LotKey lot, ReturnMaterial request, CancellationToken ct)
    {
        // of what it had for one operation, or in place of one component, and in all
        var issued = (await db.Read<decimal>(
            """
            SELECT least(coalesce(sum(e.quantity), 0), coalesce(sum(e.quantity) FILTER (WHERE
                m.instead_of IS NOT DISTINCT FROM @InsteadOf AND (@Operation::text IS NULL OR m.operation = @Operation)), 0))
            FROM movement m JOIN ledger_entry e ON e.movement_id = m.id
            WHERE m.order_number = @Order AND e.material = @Material AND e.lot = @Number AND e.location = @location
            """,
            new
            {
                request.Order, lot.Material, lot.Number, request.Operation, request.InsteadOf, location = Location.Consumption
            }, ct))[0];
        if (issued < request.Quantity)
        {
            throw new RuleViolation("more-than-issued",
                "An order gives back at most what it has got of the lot, for the operation and in the place that are named.",
                ("order", request.Order), ("material", lot.Material), ("lot", lot.Number),
                ("operation", request.Operation), ("insteadOf", request.InsteadOf), ("quantity", request.Quantity),
                ("issued", issued));
        }
    }
}
