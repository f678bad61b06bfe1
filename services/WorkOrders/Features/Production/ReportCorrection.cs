using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Counts the pieces of a report otherwise.</summary>
public sealed class ReportCorrection(WorkOrdersDb db, ReportStore store, ReportJudge judge)
{
    /// <summary>Enters a correction of a report's pieces, or its counter-report.</summary>
    public async Task Correct(ProductionReport correction, CancellationToken ct)
    {
        var order = (await db.LockOrderOf(correction.OperationId, ct))!;
        var (operation, predecessor, latestEnd) = await store.Near(correction.OperationId, ct);
        Reporting.Correct(correction, order, operation, predecessor);
        await store.Post(correction, order, operation, ct);
        await judge.JudgeSequence(correction, operation, latestEnd, ct);
        await db.ForgetOverQuantity(order, [operation], ct);
    }
}
