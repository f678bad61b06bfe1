using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Opens a done operation again by a person's decision.</summary>
static class ReopenOperationEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/operations/{id:guid}/reopen", Handle).Named("reopenOperation", "Open a done operation again")
            .RequireAuthorization(Permissions.ReportProduction);

    static Task<Ok<OperationProgress>> Handle(Guid id, WorkOrdersDb db, Caller caller, CancellationToken ct) =>
        db.Decide(id, operation => operation.Reopen(), caller, ct);
}
