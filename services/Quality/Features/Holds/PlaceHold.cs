using FluentValidation;
using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Holds;

/// <summary>Holds a lot, an order, an operation, or several of them together.</summary>
/// <param name="Reason">Why.</param>
/// <param name="OrderId">The order, or absent.</param>
/// <param name="OperationId">An operation of that order, which must not start; or absent.</param>
/// <param name="Material">Material of the lot; goes with <paramref name="Lot"/>.</param>
/// <param name="Lot">The lot, or absent.</param>
public sealed record PlaceHold(
    string Reason, Guid? OrderId = null, Guid? OperationId = null, string? Material = null, string? Lot = null);

sealed class PlaceHoldValidator : AbstractValidator<PlaceHold>
{
    public PlaceHoldValidator()
    {
        RuleFor(request => request.Reason).IsGivenReason();
        RuleFor(request => request.Material).IsCodeOrNull();
        RuleFor(request => request.Lot).IsCodeOrNull();
    }
}

/// <summary>Places a hold by hand.</summary>
static class PlaceHoldEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/holds", Handle).Named("placeHold", "Hold a lot or an order")
            .RequireAuthorization(Permissions.Disposition);

    static async Task<Created<HoldView>> Handle(
        PlaceHold request, QualityDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        await CheckOrder(request, db, ct);
        var target = new HoldTarget(request.OrderId, request.OperationId, request.Material, request.Lot);
        var hold = Hold.Place(target, request.Reason, caller.Name, clock.GetUtcNow());
        db.Reason = request.Reason;
        db.Holds.Add(hold);
        db.PublishHold(hold);
        return TypedResults.Created((string?)null, HoldView.Of(hold));
    }

    static async Task CheckOrder(PlaceHold request, QualityDb db, CancellationToken ct)
    {
        if (request.OrderId is null && request.OperationId is not null)
        {
            throw new RuleViolation("operation-without-order", "Name the operation's order too.",
                ("operationId", request.OperationId));
        }
        if (request.OrderId is not { } orderId)
        {
            return;
        }
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(row => row.OrderId == orderId, ct)
            ?? throw new RuleViolation("order-not-found", "Check the order; it may not have arrived here yet.",
                ("orderId", orderId));
        if (request.OperationId is { } operationId
            && order.Operations.All(operation => operation.OperationId != operationId))
        {
            throw new RuleViolation("operation-not-found", "Use an operation of the order.",
                ("operationId", operationId), ("known", order.Operations));
        }
    }
}
