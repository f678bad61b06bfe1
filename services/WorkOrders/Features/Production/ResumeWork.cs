using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Goes on with work that rests.</summary>
static class ResumeWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/work/{id:guid}/resume", Handle).Named("resumeWork", "Go on with work that rests")
            .RequireAuthorization(Permissions.ReportProduction);

    static Task<Ok<WorkView>> Handle(
        Guid id, WorkMoment request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkStore works, Caller caller,
        CancellationToken ct) =>
        works.Change(id, commandId, request, caller, (work, _, at) => work.Resume(at), ct);
}
