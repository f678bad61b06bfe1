using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Marks an operation done by a person's decision.</summary>
static class CompleteOperationEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/operations/{id:guid}/complete", Handle).Named("completeOperation", "Mark an operation as done")
            .RequireAuthorization(Permissions.ReportProduction);

    static Task<Ok<OperationProgress>> Handle(Guid id, WorkOrdersDb db, Caller caller, CancellationToken ct) =>
        db.Decide(id, operation => operation.Complete(), caller, ct);
}
