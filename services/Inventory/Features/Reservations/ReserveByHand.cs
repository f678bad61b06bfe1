using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Reservations;

/// <summary>Keeps stock for an order by hand.</summary>
/// <param name="Order">Number of the order; it need not have arrived here yet.</param>
/// <param name="Material">Material code.</param>
/// <param name="Quantity">Quantity in <paramref name="Unit"/>, &gt; 0.</param>
/// <param name="Unit">The material's unit.</param>
/// <param name="Lot">Lot number; where none is given: first expired, first in, first reserved.</param>
/// <param name="Location">Where; any store or line side where not given.</param>
public sealed record ReserveByHand(
    string Order, string Material, decimal Quantity, string Unit, string? Lot = null, string? Location = null);

/// <summary>What is kept now.</summary>
/// <param name="Reservations">One for each lot and location.</param>
public sealed record StockReserved(IReadOnlyList<ReservationView> Reservations);

sealed class ReserveByHandValidator : AbstractValidator<ReserveByHand>
{
    public ReserveByHandValidator()
    {
        RuleFor(request => request.Order).IsCode();
        RuleFor(request => request.Material).IsCode();
        RuleFor(request => request.Quantity).IsPositiveQuantity();
        RuleFor(request => request.Unit).IsCode();
        RuleFor(request => request.Lot).IsCodeOrNull();
        RuleFor(request => request.Location).IsCodeOrNull();
    }
}

static class ReserveByHandEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/reservations", Handle).Named("reserveStock", "Reserve stock for an order by hand")
            .RequireAuthorization(Permissions.MoveInventory);

    static async Task<Ok<StockReserved>> Handle(
        ReserveByHand request, InventoryDb db, ReservationStore reservations, ShortageNotices notices, TimeProvider clock,
        CancellationToken ct)
    {
        await RequireOpen(db, request.Order, ct);
        var material = await db.LockMaterial(request.Material, alone: true, ct);
        material.RequireUnit(request.Unit);
        var location = request.Location is { } code ? await db.RequireLocation(code, ct) : null;
        var lot = request.Lot is null ? null : material.LotNumber(request.Lot);
        await RequireUsable(db, material, lot, clock, ct);
        await RequireNeeded(db, request, ct);

        var free = await reservations.FreeStock(material.Code, lot, location?.Code, ct);
        StockRequests.RequireEnough(
            new LotKey(material.Code, lot ?? ""), location?.Code, request.Quantity, free.Sum(at => at.Free));
        var planned = ReservationPlan.Of([new OpenDemand(request.Order, request.Quantity, null, 0)], free);
        await reservations.WriteBalances([.. planned.Select(p => (new LotKey(material.Code, p.Lot),
            new ReservationChange(p.OrderNumber, p.Location, p.Quantity)))], ct);
        var kept = await Keep(db, material, planned, clock.GetUtcNow(), ct);
        await reservations.SetAutomatic(request.Order, request.Material, true, ct);
        await notices.Publish([material.Code], null, ct);
        return TypedResults.Ok(new StockReserved(kept.ConvertAll(ReservationView.Of)));
    }

    /// <summary>Locks the order's row, where there is one, so that the order is not closed meanwhile.</summary>
    static async Task RequireOpen(InventoryDb db, string number, CancellationToken ct)
    {
        var status = (await db.Read<string>(
            "SELECT status FROM work_order WHERE number = @number FOR SHARE", new { number }, ct)).SingleOrDefault();
        if (status is "Completed" or "ClosedShort" or "Cancelled")
        {
            throw new RuleViolation("order-closed", "Reserve for an order that is open.",
                ("order", number), ("status", status));
        }
    }

    static async Task RequireUsable(
        InventoryDb db, Material material, string? lot, TimeProvider clock, CancellationToken ct)
    {
        if (lot is not null)
        {
            var found = await db.Lots.AsNoTracking()
                .SingleOrDefaultAsync(l => l.Material == material.Code && l.Number == lot, ct)
                ?? throw new RuleViolation("lot-not-found", "No lot of this material has this number. Check it.",
                    ("material", material.Code), ("lot", lot));
            found.RequireUsable(clock.GetUtcNow());
        }
    }

    static async Task RequireNeeded(InventoryDb db, ReserveByHand request, CancellationToken ct)
    {
        var missing = (await db.Read<decimal?>(
            """
            SELECT missing FROM component_demand WHERE order_number = @Order AND material = @Material AND required > 0
                AND coalesce(other_unit, @Unit) = @Unit
            """, new { request.Order, request.Material, request.Unit }, ct)).SingleOrDefault();
        if (missing < request.Quantity)
        {
            throw new RuleViolation("more-than-required", "Reserve at most what the order still lacks.",
                ("order", request.Order), ("material", request.Material), ("quantity", request.Quantity),
                ("missing", missing));
        }
    }

    static async Task<List<Reservation>> Keep(
        InventoryDb db, Material material, IReadOnlyList<PlannedReservation> planned, DateTimeOffset now, CancellationToken ct)
    {
        var order = planned[0].OrderNumber;
        var known = await db.Reservations.Where(r => r.OrderNumber == order && r.Material == material.Code).ToListAsync(ct);
        var kept = new List<Reservation>();
        foreach (var plan in planned)
        {
            var reservation = known.Find(r => r.Lot == plan.Lot && r.Location == plan.Location)
                ?? db.Reservations.Add(new Reservation
                {
                    Id = Guid.CreateVersion7(), OrderNumber = order, Material = material.Code, Lot = plan.Lot,
                    Location = plan.Location, CreatedAt = now
                }).Entity;
            reservation.Raise(plan.Quantity);
            kept.Add(reservation);
        }
        return kept;
    }
}
