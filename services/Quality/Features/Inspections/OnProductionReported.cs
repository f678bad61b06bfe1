using Mes.Contracts;
using Mes.Messaging;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Inspections;

/// <summary>
/// Opens a nonconformance for the nonconforming pieces of a report and the inspections its plans call for; a
/// counter-report takes back what its report opened. The outcome does not depend on which of the two arrives first: all
/// reports of an order queue up at its row, and a report that was undone before it arrived is applied and taken back at once.
/// </summary>
sealed class OnProductionReported(QualityDb db, TimeProvider clock) : IConsumeBatch<ProductionReported>
{
    const string By = "quality";

    public async Task Consume(IReadOnlyList<ProductionReported> messages, CancellationToken ct)
    {
        // nothing to look at, nothing to take back; or what was decided here
        var looked = messages.Where(message => message is not ({ Good: 0, Nonconforming: 0 } or { Corrects: not null })).ToList();
        var plans = await db.PlansFor(looked, ct);
        foreach (var message in looked.OrderBy(message => message.OrderId))
        {
            if (message.Reverses is { } undone)
            {
                await TakeBack(message, undone, ct);
            }
            else if (plans[message.ReportId].Any() || message.Nonconforming > 0)
            {
                await Apply(message, [.. plans[message.ReportId]], ct);
            }
            else
            {
                continue;
            }
            await db.Flush(ct);     // the next may be of the same order
        }
    }

    async Task Apply(ProductionReported report, List<InspectionPlan> plans, CancellationToken ct)
    {
        var order = await db.LockOrder(report.OrderId, report.OrderNumber, report.Product, ct);
        var followed = await Follow(report.ReportId, report.OrderId, ct);
        if (!followed.Follow(report))
        {
            return;
        }
        var opened = await Open(report, plans, ct);
        if (order.IsCancelled)
        {
            opened.Inspections.ForEach(inspection => inspection.Cancel(clock.GetUtcNow()));
        }
        if (followed.UndoneBy is not null)
        {
            Withdraw(opened);
        }
    }

    async Task TakeBack(ProductionReported counter, Guid undone, CancellationToken ct)
    {
        var order = await db.LockOrder(counter.OrderId, counter.OrderNumber, counter.Product, ct);
        var followed = await Follow(undone, counter.OrderId, ct);
        if (!followed.Undo(counter.ReportId) || followed.Report is null)
        {
            return;     // the report, where it has not arrived, will find the note
        }
        var inspections = await db.LockInspectionsOf(undone, ct);
        var holds = await db.LockHoldsOf([.. inspections.Select(inspection => inspection.Id)], ct);
        Withdraw(new Opened(await db.LockNonconformancesOf(undone, ct), inspections, holds));
        foreach (var inspection in inspections.Where(row => row.Trigger == InspectionTrigger.FirstReport))
        {
            await MoveFirstArticle(inspection, order, ct);
        }
    }

    // Under the order's lock, so that nobody else inserts the same row meanwhile
    async Task<FollowedReport> Follow(Guid reportId, Guid orderId, CancellationToken ct)
    {
        var followed = await db.Reports.SingleOrDefaultAsync(row => row.ReportId == reportId, ct);
        return followed ?? db.Reports.Add(new FollowedReport { ReportId = reportId, OrderId = orderId }).Entity;
    }

    async Task<Opened> Open(ProductionReported report, List<InspectionPlan> plans, CancellationToken ct)
    {
        var opened = new Opened([], [], []);
        if (report.Nonconforming > 0)
        {
            var found = Nonconformance.Of(report, await db.NextNonconformanceSerial(ct), clock.GetUtcNow());
            db.Nonconformances.Add(found);
            opened.Nonconformances.Add(found);
        }
        foreach (var plan in plans)
        {
            if (plan.Definition.Trigger == InspectionTrigger.EveryReport
                || !await IsFirstArticleInspected(plan.Code, report.OrderId, ct))
            {
                await OpenInspection(plan.Current, report, opened, ct);
            }
        }
        return opened;
    }

    Task<bool> IsFirstArticleInspected(string planCode, Guid orderId, CancellationToken ct) => db.Inspections.AnyAsync(
        row => row.PlanCode == planCode && row.OrderId == orderId && row.Status != InspectionStatus.Withdrawn, ct);

    async Task<Inspection> OpenInspection(
        PlanVersion plan, ProductionReported report, Opened opened, CancellationToken ct)
    {
        var inspection = Inspection.Open(plan, report, await db.NextInspectionSerial(ct), clock.GetUtcNow());
        db.Inspections.Add(inspection);
        opened.Inspections.Add(inspection);
        if (plan.Definition.HoldsLot)
        {
            var hold = Hold.Place(
                inspection.HoldTarget, $"{inspection.Number} must be passed first", By, clock.GetUtcNow(), inspection.Id);
            db.Holds.Add(hold);
            db.PublishHold(hold);
            opened.Holds.Add(hold);
        }
        return inspection;
    }

    void Withdraw(Opened opened)
    {
        foreach (var found in opened.Nonconformances.Where(found => found.Status != NonconformanceStatus.Withdrawn))
        {
            var wasTold = found.Version > 0;
            found.Withdraw(clock.GetUtcNow());
            if (wasTold)
            {
                db.PublishJudgement(found, "the report was undone");
            }
        }
        opened.Inspections.ForEach(inspection => inspection.Withdraw(clock.GetUtcNow()));
        foreach (var hold in opened.Holds)
        {
            hold.Release("The report was undone", By, clock.GetUtcNow());
            db.PublishHold(hold);
        }
    }

    // A first article whose report was undone never existed: the earliest report left is the first
    async Task MoveFirstArticle(Inspection withdrawn, FollowedOrder order, CancellationToken ct)
    {
        var left = await db.Reports.AsNoTracking()
            .Where(row => row.OrderId == order.OrderId && row.ReportId != withdrawn.ReportId)
            .Where(row => row.UndoneBy == null && row.Report != null).ToListAsync(ct);
        var first = left.Select(row => row.Report!).Where(withdrawn.Plan.IsFor)
            .OrderBy(report => report.EndedAt).ThenBy(report => report.ReportId).FirstOrDefault();
        if (first is null)
        {
            return;
        }
        var moved = await OpenInspection(withdrawn.FollowedPlan, first, new Opened([], [], []), ct);
        if (order.IsCancelled)
        {
            moved.Cancel(clock.GetUtcNow());
        }
    }

    sealed record Opened(List<Nonconformance> Nonconformances, List<Inspection> Inspections, List<Hold> Holds);
}
