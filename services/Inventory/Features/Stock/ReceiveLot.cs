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

/// <summary>Receives goods of a supplier.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Quantity">Quantity in <paramref name="Unit"/>, &gt; 0.</param>
/// <param name="Unit">The material's unit.</param>
/// <param name="Location">Code of a real location.</param>
/// <param name="Lot">Lot number; none for a material that is not tracked by lot.</param>
/// <param name="ExpiresAt">When the lot expires, or none.</param>
/// <param name="Reference">Number of the delivery note, or none.</param>
/// <param name="OccurredAt">When the goods came; now where not given.</param>
public sealed record ReceiveLot(
    string Material, decimal Quantity, string Unit, string Location, string? Lot = null, DateTimeOffset? ExpiresAt = null,
    string? Reference = null, DateTimeOffset? OccurredAt = null);

sealed class ReceiveLotValidator : AbstractValidator<ReceiveLot>
{
    public ReceiveLotValidator()
    {
        RuleFor(receipt => receipt.Material).IsCode();
        RuleFor(receipt => receipt.Quantity).IsPositiveQuantity();
        RuleFor(receipt => receipt.Unit).IsCode();
        RuleFor(receipt => receipt.Location).IsCode();
        RuleFor(receipt => receipt.Lot).IsCodeOrNull();
        RuleFor(receipt => receipt.Reference).IsCodeOrNull();
        RuleFor(receipt => receipt.ExpiresAt!.Value).IsTime().When(receipt => receipt.ExpiresAt is not null);
        RuleFor(receipt => receipt.OccurredAt!.Value).IsTime().When(receipt => receipt.OccurredAt is not null);
    }
}

static class ReceiveLotEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/receipts", Handle).Named("receiveLot", "Receive material into stock")
            .RequireAuthorization(Permissions.MoveInventory);

    static async Task<Ok<MovementPosted>> Handle(
        ReceiveLot request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, InventoryDb db, StockStore store,
        LotSettlement settlement, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var material = await db.LockMaterial(request.Material, alone: false, ct);
        material.RequireUnit(request.Unit);
        var location = await db.RequireLocation(request.Location, ct);
        var occurredAt = clock.OccurredAt(request.OccurredAt);
        var key = new LotKey(material.Code, material.LotNumber(request.Lot));

        var stock = (await db.LockLots([key], MovementKinds.SupplierReceipt, ct))[key];
        await MustNotBeMadeHere(db, stock.Lot, ct);
        await NoteReceipt(db, stock.Lot, request.ExpiresAt?.ToUniversalTime(), occurredAt, ct);
        var header = new MovementHeader(
            MovementKinds.SupplierReceipt, caller.Source(commandId, MovementKinds.SupplierReceipt), occurredAt)
        {
            Reference = request.Reference
        };
        var movement = store.PutIn(
            header, stock, stock.At(location.Code, location.Kind), request.Quantity, Location.Supplier);
        await settlement.SettleAfterInflow(material, stock, ct);
        await store.Write(ct);
        return TypedResults.Ok(movement.Posted(stock, request.Quantity, material.Unit));
    }

    /// <summary>What is bought and what is made have lots of their own, or the origin of each would be that of both.</summary>
    static async Task MustNotBeMadeHere(InventoryDb db, Lot lot, CancellationToken ct)
    {
        var isMade = await db.Read<bool>(
            """
            SELECT EXISTS (SELECT FROM production_line
                WHERE material = @Material AND lot = @Number AND kind = 'Receipt' AND lot <> @Untracked
                    AND reported > reversed)
            """, new { lot.Material, lot.Number, Lot.Untracked }, ct);
        if (isMade[0])
        {
            throw new RuleViolation("lot-made-here", "An order makes this lot. Receive the goods under a number of their own.",
                ("material", lot.Material), ("lot", lot.Number));
        }
    }

    static async Task NoteReceipt(
        InventoryDb db, Lot lot, DateTimeOffset? expiresAt, DateTimeOffset receivedAt, CancellationToken ct)
    {
        if (lot.ExpiresAt is { } known && expiresAt is { } given && known != given)
        {
            throw new RuleViolation("expiry-differs", "One lot expires at one time. Use another lot number, or the known time.",
                ("material", lot.Material), ("lot", lot.Number), ("expiresAt", given), ("expected", known));
        }
        // SQL: the lot's row was read and locked together with its stock; the context does not know it
        await db.Execute(
            """
            UPDATE lot SET received_at = least(received_at, @receivedAt), expires_at = coalesce(expires_at, @expiresAt)
            WHERE material = @Material AND number = @Number
            """, new { receivedAt, expiresAt, lot.Material, lot.Number }, ct);
        if (expiresAt is not null && lot.ExpiresAt is null)
        {
            db.Audit("lot", lot.Key, null, new { ExpiresAt = expiresAt });
        }
    }
}
