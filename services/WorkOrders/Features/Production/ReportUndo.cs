using Mes.Kernel;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Takes a report, or a correction, back with all it caused.</summary>
public sealed class ReportUndo(
    WorkOrdersDb db, ReportStore store, ReportJudge judge, ReportCorrection corrections, StopJudge stops, TimeProvider clock)
{
    /// <summary>Enters a counter-report.</summary>
    public async Task Undo(ProductionReport report, Guid counterId, CancellationToken ct)
    {
        var order = (await db.LockOrderOf(report.OperationId, ct))!;
        if (await db.Reports.AnyAsync(r => r.Reverses == report.Id, ct))
        {
            throw RuleViolation.Conflict("already-undone", "This report has been undone before.", ("report", report.Id));
        }
        var counter = report.Counter(counterId, clock.GetUtcNow());
        if (report.Corrects is not null)
        {
            await corrections.Correct(counter, ct);
            return;
        }
        var (operation, _, latestEnd) = await store.Near(counter.OperationId, ct);
        Reporting.TakeBack(counter, order, operation);
        await store.Post(counter, order, operation, ct);
        await judge.JudgeEqual(report, isInForce: false, ct);
        await judge.JudgeSequence(counter, operation, latestEnd, ct);
        await ForgetStop(report, ct);
        await db.ForgetOverQuantity(order, [operation], ct);
    }

    async Task ForgetStop(ProductionReport undone, CancellationToken ct)
    {
        await stops.Hold(undone.Equipment, ct);
        db.RemoveRange(await db.Discrepancies.Where(d => d.SubjectId == undone.Id && d.SettledAt == null
            && d.Kind == DiscrepancyKinds.EquipmentDown).ToListAsync(ct));
    }
}
