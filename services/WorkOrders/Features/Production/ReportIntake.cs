using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Takes a report in with all it causes.</summary>
public sealed class ReportIntake(WorkOrdersDb db, ReportStore store, ReportJudge judge)
{
    /// <summary>Enters a report: itself, its discrepancies, the ERP's confirmation and the fact for the others.</summary>
    /// <returns>The discrepancies, with what only the other reports tell.</returns>
    public async Task<IReadOnlyList<string>> Take(
        ProductionReport report, ReportingContext facts, IReadOnlyList<string> discrepancies, CancellationToken ct)
    {
        await store.Post(report, facts.Order, facts.Operation, ct);
        // the sequence of one that comes late is judged, and what is ahead recorded, together with the reports around it
        var isLate = report.EndedAt <= facts.LatestEnd;
        foreach (var kind in discrepancies.Where(kind => kind != DiscrepancyKinds.OverQuantity
            && !(isLate && kind == DiscrepancyKinds.Sequence)))
        {
            db.Add(Discrepancy.Of(kind, report.Id, report, facts.Now));
        }
        if (discrepancies.Contains(DiscrepancyKinds.OverQuantity) && !await IsOverQuantityFound(report.OperationId, ct))
        {
            db.Add(Discrepancy.Of(DiscrepancyKinds.OverQuantity, report.OperationId, report, facts.Now));
        }
        var hasEqual = facts.MayHaveEqual && await judge.JudgeEqual(report, isInForce: true, ct);
        await judge.JudgeSequence(report, facts.Operation, facts.LatestEnd, ct);
        return hasEqual ? [.. discrepancies, DiscrepancyKinds.EqualReport] : discrepancies;
    }

    Task<bool> IsOverQuantityFound(Guid operation, CancellationToken ct) =>
        db.Discrepancies.AnyAsync(d => d.SubjectId == operation && d.Kind == DiscrepancyKinds.OverQuantity, ct);
}
