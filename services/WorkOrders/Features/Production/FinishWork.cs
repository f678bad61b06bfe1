using FluentValidation;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Ends work. Its time since the last report is reported.</summary>
/// <param name="At">When; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record FinishWork(DateTimeOffset? At = null, [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class FinishWorkValidator : AbstractValidator<FinishWork>
{
    public FinishWorkValidator()
    {
        RuleFor(request => request.At!.Value).IsTime().When(request => request.At is not null);
        RuleFor(request => request.DeviceTime!.Value).IsTime().When(request => request.DeviceTime is not null);
    }
}

static class FinishWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/work/{id:guid}/finish", Handle).Named("finishWork", "End work")
            .RequireAuthorization(Permissions.ReportProduction);

    static async Task<Ok<WorkView>> Handle(
        Guid id, FinishWork request, WorkStore works, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var at = works.TimeOf(request.At, request.DeviceTime);
        var work = await works.Change(id, at, begun => db.MayChange(begun, caller),
            (begun, operation) => begun.End(operation, WorkEnd.Finished, at), ct);
        return TypedResults.Ok(await WorkView.Of(work, db, clock.GetUtcNow(), ct));
    }
}
