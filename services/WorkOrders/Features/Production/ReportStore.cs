using System.Linq.Expressions;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Where every report is posted: new ones, counter-reports and corrections. The order is locked.</summary>
public sealed class ReportStore(WorkOrdersDb db)
{
    /// <summary>The operation with those around it.</summary>
    public async Task<NearOperations> Near(Guid operationId, CancellationToken ct) => NearOperations.Of(
        operationId, await db.Operations.FromSql(
            $"""
            SELECT o.* FROM operation this
            JOIN operation o ON o.id = ANY (ARRAY[this.id, this.predecessor_id, this.successor_id])
            WHERE this.id = {operationId}
            """).ToListAsync(ct));

    /// <summary>Adds a report that its operation has counted: itself, its confirmation and what others are told.</summary>
    public async Task Post(ProductionReport report, WorkOrder order, Operation operation, CancellationToken ct)
    {
        await Reconsider(order, operation, ct);
        db.Reports.Add(report);
        db.Add(new PendingConfirmation { ReportId = report.Id });
        db.Outbox.Add(report.ToContract(order, operation));
        if (db.Entry(order).Property(o => o.Version).IsModified)
        {
            await db.Operations.Where(o => o.OrderId == order.Id).LoadAsync(ct);
            db.Outbox.Add(order.ToContract());
        }
    }

    /// <summary>
    /// An operation that is done by this report, or open again, may change what those after it wait for; so do more pieces of
    /// one that was done before.
    /// </summary>
    async Task Reconsider(WorkOrder order, Operation operation, CancellationToken ct)
    {
        var (wasDone, isDone) = (Before(o => o.Status) == OperationStatus.Done, operation.Status == OperationStatus.Done);
        var hasMore = wasDone && isDone && operation.Good > Before(o => o.Good);
        if (wasDone == isDone && !hasMore)
        {
            return;
        }
        await db.Operations.Where(o => o.OrderId == order.Id).LoadAsync(ct);
        if (hasMore)
        {
            if (order.IsOpen) order.WidenAfter(operation);
        }
        else
        {
            order.ReconsiderAfter(operation);
        }

        T Before<T>(Expression<Func<Operation, T>> of) => db.Entry(operation).Property(of).OriginalValue;
    }
}

/// <summary>An operation that is reported on, with what is around it as it was before.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Predecessor">The operation before it, or null.</param>
/// <param name="LatestEnd">The latest end of a report on it or on the operation after it, UTC, or null.</param>
public sealed record NearOperations(Operation Operation, Operation? Predecessor, DateTimeOffset? LatestEnd)
{
    /// <summary>Sorts out the operations that are the one, or next to it.</summary>
    public static NearOperations Of(Guid id, List<Operation> near)
    {
        var operation = near.Single(o => o.Id == id);
        return new NearOperations(operation, near.SingleOrDefault(o => o.SuccessorId == id),
            near.Where(o => o == operation || o.PredecessorId == id).Max(o => o.LastEndedAt));
    }
}
