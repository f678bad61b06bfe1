using FluentValidation;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Goes on with work that rests.</summary>
/// <param name="At">When; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record ResumeWork(DateTimeOffset? At = null, [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class ResumeWorkValidator : AbstractValidator<ResumeWork>
{
    public ResumeWorkValidator()
    {
        RuleFor(request => request.At!.Value).IsTime().When(request => request.At is not null);
        RuleFor(request => request.DeviceTime!.Value).IsTime().When(request => request.DeviceTime is not null);
    }
}

static class ResumeWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/work/{id:guid}/resume", Handle).Named("resumeWork", "Go on with work that rests")
            .RequireAuthorization(Permissions.ReportProduction);

    static async Task<Ok<WorkView>> Handle(
        Guid id, ResumeWork request, WorkStore works, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var at = works.TimeOf(request.At, request.DeviceTime);
        var work = await works.Change(id, at, begun => db.MayChange(begun, caller), (begun, _) =>
        {
            begun.Resume(at);
            return null;
        }, ct);
        return TypedResults.Ok(await WorkView.Of(work, db, clock.GetUtcNow(), ct));
    }
}
