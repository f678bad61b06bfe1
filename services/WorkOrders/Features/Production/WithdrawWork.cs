using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Takes work back that was begun by mistake, as long as nothing was reported of it: it counts for nothing.</summary>
static class WithdrawWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/work/{id:guid}/withdraw", Handle).Named("withdrawWork", "Take back work that was begun by mistake")
            .RequireAuthorization(Permissions.ReportProduction);

    static Task<Ok<WorkView>> Handle(
        Guid id, WorkMoment request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkStore works, Caller caller,
        CancellationToken ct) =>
        works.Change(id, commandId, request, caller, (work, operation, at) => work.End(operation, WorkEnd.Withdrawn, at), ct);
}
