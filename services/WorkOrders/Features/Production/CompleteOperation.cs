using Mes.Kernel;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Marks an operation done, or open again, by a person's decision.</summary>
static class CompleteOperationEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        Verb("complete", operation => operation.Complete());
        Verb("reopen", operation => operation.Reopen());

        void Verb(string name, Func<Operation, bool> change) => api.MapPost($"/operations/{{id:guid}}/{name}",
            (Guid id, WorkOrdersDb db, Caller caller, CancellationToken ct) => Set(id, change, db, caller, ct))
            .RequireAuthorization(Permissions.ReportProduction);
    }

    static async Task<Ok<OperationProgress>> Set(
        Guid id, Func<Operation, bool> change, WorkOrdersDb db, Caller caller, CancellationToken ct)
    {
        var orderId = (await db.LockOrderOf(id, ct))?.Id ?? throw RuleViolation.NotFound("operation", id);
        var order = (await db.LockOrder(orderId, ct))!;
        var operation = order.Operations.Single(o => o.Id == id);
        caller.MustServe(operation.Equipment);
        if (!order.IsOpen)
        {
            throw new RuleViolation("order-not-open", "Only an operation of an open order can be changed.",
                ("order", order.Number), ("status", order.Status.ToString()));
        }
        if (change(operation))
        {
            order.SettleAfter(operation);
            order.Version++;
            db.Outbox.Add(order.ToContract());
        }
        return TypedResults.Ok(operation.Progress);
    }
}
