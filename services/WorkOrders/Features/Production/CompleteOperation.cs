using Mes.Hosting.Auth;
using Mes.Hosting.Problems;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features;

/// <summary>Marks an operation done, or open again, by a person's decision.</summary>
static class CompleteOperationEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/operations/{id:guid}/complete", (Guid id, WorkOrdersDb db, CancellationToken ct) =>
            Set(id, OperationStatus.Done, db, ct)).RequireAuthorization(Permissions.ReportProduction);
        api.MapPost("/operations/{id:guid}/reopen", (Guid id, WorkOrdersDb db, CancellationToken ct) =>
            Set(id, OperationStatus.Started, db, ct)).RequireAuthorization(Permissions.ReportProduction);
    }

    static async Task<Ok<OperationProgress>> Set(Guid id, OperationStatus status, WorkOrdersDb db, CancellationToken ct)
    {
        var orderId = (await db.LockOrderOf(id, ct))?.Id ?? throw RuleViolation.NotFound("operation", id);
        var order = (await db.LockOrder(orderId, ct))!;
        if (!order.IsOpen)
        {
            throw new RuleViolation("order-not-open", "Only an operation of an open order can be changed.",
                ("order", order.Number), ("status", order.Status.ToString()));
        }
        var operation = order.Operations.Single(o => o.Id == id);
        if (operation.Status != status)
        {
            operation.Status = status;
            order.Version++;
            db.Outbox.Add(order.ToContract());
        }
        return TypedResults.Ok(operation.Progress);
    }
}
