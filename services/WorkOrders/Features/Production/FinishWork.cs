using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Ends work. Its time since the last report is reported.</summary>
static class FinishWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/work/{id:guid}/finish", Handle).Named("finishWork", "End work")
            .RequireAuthorization(Permissions.ReportProduction);

    static Task<Ok<WorkView>> Handle(
        Guid id, WorkMoment request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkStore works, Caller caller,
        CancellationToken ct) =>
        works.Change(id, commandId, request, caller, (work, operation, at) => work.End(operation, WorkEnd.Finished, at), ct);
}
