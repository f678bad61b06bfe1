using FluentValidation;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Lets work rest until it is resumed. Its time up to then is reported.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">When; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record PauseWork(
    string Reason, DateTimeOffset? At = null, [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class PauseWorkValidator : AbstractValidator<PauseWork>
{
    public PauseWorkValidator()
    {
        RuleFor(request => request.Reason).IsGivenReason();
        RuleFor(request => request.At!.Value).IsTime().When(request => request.At is not null);
        RuleFor(request => request.DeviceTime!.Value).IsTime().When(request => request.DeviceTime is not null);
    }
}

static class PauseWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/work/{id:guid}/pause", Handle).Named("pauseWork", "Let work rest")
            .RequireAuthorization(Permissions.ReportProduction);

    static Task<Ok<WorkView>> Handle(
        Guid id, PauseWork request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkStore works, Caller caller,
        CancellationToken ct) =>
        works.Change(id, commandId, new WorkMoment(request.At, request.DeviceTime), caller,
            (work, _, at) => work.Pause(request.Reason, at), ct);
}
