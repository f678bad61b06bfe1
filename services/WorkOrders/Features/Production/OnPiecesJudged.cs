using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>
/// Counts a report's pieces as Quality has decided: by a correction beside the report, which the others and the ERP are told
/// of as of any report. A newer decision undoes the correction before it; what takes good pieces away comes first, lest
/// the order complete in between.
/// </summary>
sealed class OnPiecesJudged(
    WorkOrdersDb db, ReportCorrection corrections, ReportUndo undo, TimeProvider clock) : IConsume<PiecesJudged>
{
    public async Task Consume(PiecesJudged message, CancellationToken ct)
    {
        var report = await ReportOf(message.ReportId, ct);
        await db.LockOrderOf(report.OperationId, ct);       // what is decided on one order is counted in turn
        var known = await db.Judgements.SingleOrDefaultAsync(judgement => judgement.Id == message.NonconformanceId, ct)
            ?? db.Judgements.Add(new Judgement { Id = message.NonconformanceId, ReportId = report.Id }).Entity;
        if (known.Version >= message.Version)
        {
            return;
        }
        db.Reason = message.Reason;
        var before = known.CorrectionId is { } id ? await ReportOf(id, ct) : null;
        if (before is { Good: > 0 })
        {
            await undo.Undo(before, Guid.CreateVersion7(), ct);
            await db.Flush(ct);     // the next is judged by what is there
        }
        known.Renew(message.Version, await Correct(report, message, ct));
        if (before is { Good: <= 0 })
        {
            await db.Flush(ct);
            await undo.Undo(before, Guid.CreateVersion7(), ct);
        }
    }

    async Task<Guid?> Correct(ProductionReport report, PiecesJudged message, CancellationToken ct)
    {
        if (message is { Good: 0, Scrap: 0, Nonconforming: 0 })
        {
            return null;
        }
        var correction = report.Correction(Guid.CreateVersion7(), message, clock.GetUtcNow());
        await corrections.Correct(correction, ct);
        return correction.Id;
    }

    Task<ProductionReport> ReportOf(Guid id, CancellationToken ct) =>
        db.Reports.AsNoTracking().SingleAsync(report => report.Id == id, ct);
}
