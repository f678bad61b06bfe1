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

/// <summary>
/// Gives up a reservation. The order gets this material by hand only, until some is reserved for it by hand.
/// </summary>
/// <param name="Reason">Why.</param>
public sealed record ReleaseReservation(string Reason);

sealed class ReleaseReservationValidator : AbstractValidator<ReleaseReservation>
{
    public ReleaseReservationValidator() =>
        RuleFor(release => release.Reason).NotEmpty().WithMessage("Say why.").IsReason();
}

static class ReleaseReservationEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/reservations/{id:guid}/release", Handle).Named("releaseReservation", "Release a reservation")
            .RequireAuthorization(Permissions.MoveInventory);

    static async Task<NoContent> Handle(
        Guid id, ReleaseReservation request, InventoryDb db, ReservationStore reservations, ShortageNotices notices,
        CancellationToken ct)
    {
        var material = await db.Reservations.AsNoTracking().Where(r => r.Id == id).Select(r => r.Material)
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("reservation", id);
        await db.OwnMaterials([material], ct);
        var reservation = await db.Reservations.SingleOrDefaultAsync(r => r.Id == id, ct)
            ?? throw RuleViolation.NotFound("reservation", id);
        db.Reason = request.Reason;
        db.Reservations.Remove(reservation);
        await reservations.WriteBalances([(new LotKey(material, reservation.Lot),
            new ReservationChange(reservation.OrderNumber, reservation.Location, -reservation.Quantity))], ct);
        await reservations.SetAutomatic(reservation.OrderNumber, material, false, ct);
        await reservations.Serve(material, ct);
        await notices.Publish([material], null, ct);
        return TypedResults.NoContent();
    }
}
