using Mes.Kernel;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Production;

/// <summary>What a person decides on an operation, whatever was reported.</summary>
static class OperationDecision
{
    public static async Task<Ok<OperationProgress>> Decide(
        this WorkOrdersDb db, Guid id, Func<Operation, bool> change, Caller caller, CancellationToken ct)
    {
        var orderId = (await db.LockOrderOf(id, ct))?.Id ?? throw RuleViolation.NotFound("operation", id);
        var order = (await db.LockOrder(orderId, ct))!;
        var operation = order.Operations.Single(o => o.Id == id);
        caller.MustServe(operation.Equipment);
        if (order.Decide(operation, change))
        {
            db.Outbox.Add(order.ToContract());
        }
        return TypedResults.Ok(operation.Progress);
    }
}
