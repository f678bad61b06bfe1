using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Goes on with work that rests.</summary>
static class ResumeWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/work/{id:guid}/resume", Handle).Named("resumeWork", "Go on with work that rests")
            .RequireAuthorization(Permissions.ReportProduction);

    static Task<Ok<WorkView>> Handle(Guid id, WorkMoment request, WorkStore works, Caller caller, CancellationToken ct) =>
        works.Change(id, request, caller, (work, _, at) => work.Resume(at), ct);
}
