using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>
/// Makes another order like one there is, by the same revision of its routing, which orders may still follow; planned, whatever
/// became of the first. Notes and attachments stay with the first.
/// </summary>
/// <param name="Order">Its number; by the numbering of orders where none is given.</param>
/// <param name="Lot">Lot number of what it makes; by the numbering of lots where none is given, else the order's number.</param>
/// <param name="Quantity">Quantity, &gt; 0; as of the first where it is left out.</param>
/// <param name="Priority">0 to 1000; as of the first where it is left out.</param>
/// <param name="ReleaseAt">Earliest start; as of the first where it is left out.</param>
/// <param name="DueAt">Due date; as of the first where it is left out.</param>
public sealed record CopyOrder(
    string? Order = null, string? Lot = null, decimal? Quantity = null, int? Priority = null, DateTimeOffset? ReleaseAt = null,
    DateTimeOffset? DueAt = null);

sealed class CopyOrderValidator : AbstractValidator<CopyOrder>
{
    public CopyOrderValidator()
    {
        RuleFor(copy => copy.Order).IsCodeOrNull();
        RuleFor(copy => copy.Lot).IsCodeOrNull();
        RuleFor(copy => copy.Quantity!.Value).IsPositiveQuantity().When(copy => copy.Quantity is not null);
        RuleFor(copy => copy.Priority).InclusiveBetween(0, 1000).WithMessage("Use a priority from 0 to 1000.");
        RuleFor(copy => copy.ReleaseAt!.Value).IsTime().When(copy => copy.ReleaseAt is not null);
        RuleFor(copy => copy.DueAt!.Value).IsTime().When(copy => copy.DueAt is not null);
    }
}

static class CopyOrderEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/copy", Handle).Named("copyOrder", "Make another order like this one")
            .RequireAuthorization(Permissions.ReleaseWorkOrders);

    static async Task<Ok<OrderView>> Handle(
        Guid id, CopyOrder request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        var first = await db.LockOrder(id, ct) ?? throw RuleViolation.NotFound("order", id, "orderId");
        var demand = new OrderDemand(
            request.Quantity ?? first.Quantity, request.Priority ?? first.Priority, request.ReleaseAt ?? first.ReleaseAt,
            request.DueAt ?? first.DueAt).Kept;
        var routing = await db.RoutingOf(first, ct);
        routing.MustBeEffective(demand.ReleaseAt, clock);
        var copy = routing.Order(
            await db.Number(request.Order, request.Lot, demand, first.Product, clock.Today(), ct), first.Unit);
        await db.AddOrder(copy, ct);
        return TypedResults.Ok(OrderView.Of(copy));
    }
}
