using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Serials;

/// <summary>
/// Gives pieces of an order that have none yet their serial numbers, by the numbering rule or else by the order's number.
/// </summary>
/// <param name="Count">For how many pieces, 1 to 1000; for all that have none, up to 1000, unless told.</param>
public sealed record AllotSerials(int? Count = null)
{
    internal const int CountMax = 1000;
}

sealed class AllotSerialsValidator : AbstractValidator<AllotSerials>
{
    public AllotSerialsValidator() => RuleFor(wanted => wanted.Count).InclusiveBetween(1, AllotSerials.CountMax)
        .WithMessage("Use 1 to 1000.");
}

/// <summary>How many pieces of an order have a serial number.</summary>
/// <param name="Given">The numbers that were given now, in their order.</param>
/// <param name="Allotted">Pieces that have one.</param>
/// <param name="Missing">Pieces of the ordered quantity that have none; numbers stay when the quantity falls.</param>
public sealed record SerialsAllotted(IReadOnlyList<string> Given, int Allotted, int Missing);

static class AllotSerialsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/serials", Handle).Named("allotSerials", "Give pieces of an order their serial numbers")
            .RequireAuthorization(Permissions.FollowUpWorkOrders);

    static async Task<Ok<SerialsAllotted>> Handle(
        Guid id, AllotSerials request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        var order = await db.LockOrder(id, ct) ?? throw RuleViolation.NotFound("order", id, "orderId");
        var pieces = order.PiecesToTrack(await db.Products.AsNoTracking().SingleAsync(p => p.Code == order.Product, ct));
        var allotted = await db.Serials.CountAsync(serial => serial.OrderId == id, ct);
        var count = Math.Min(request.Count ?? AllotSerials.CountMax, Math.Max(pieces - allotted, 0));
        if (request.Count > count)
        {
            throw new RuleViolation("too-many-serials", "Each piece of the order gets one number; change its quantity for more.",
                ("count", request.Count), ("ordered", pieces), ("allotted", allotted));
        }
        var numbers = await db.NextSerials(order, allotted, count, clock.Today(), ct);
        db.Serials.AddRange(numbers.Select((number, place) => new SerialNumber
        {
            Product = order.Product, Serial = number, OrderId = id, Sequence = allotted + place + 1,
            AllottedAt = clock.GetUtcNow()
        }));
        return TypedResults.Ok(new SerialsAllotted(numbers, allotted + count, Math.Max(pieces - allotted - count, 0)));
    }
}
