using FluentValidation;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Takes work back that was begun by mistake, as long as nothing was reported of it: it counts for nothing.</summary>
/// <param name="At">When; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record WithdrawWork(DateTimeOffset? At = null, [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class WithdrawWorkValidator : AbstractValidator<WithdrawWork>
{
    public WithdrawWorkValidator()
    {
        RuleFor(request => request.At!.Value).IsTime().When(request => request.At is not null);
        RuleFor(request => request.DeviceTime!.Value).IsTime().When(request => request.DeviceTime is not null);
    }
}

static class WithdrawWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/work/{id:guid}/withdraw", Handle).Named("withdrawWork", "Take back work that was begun by mistake")
            .RequireAuthorization(Permissions.ReportProduction);

    static async Task<Ok<WorkView>> Handle(
        Guid id, WithdrawWork request, WorkStore works, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var at = works.TimeOf(request.At, request.DeviceTime);
        var work = await works.Change(id, at, begun => db.MayChange(begun, caller),
            (begun, operation) => begun.End(operation, WorkEnd.Withdrawn, at), ct);
        return TypedResults.Ok(await WorkView.Of(work, db, clock.GetUtcNow(), ct));
    }
}
