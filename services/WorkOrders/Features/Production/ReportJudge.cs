using Dapper;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Finds the discrepancies that only other reports tell, whatever order they arrived in.</summary>
public sealed class ReportJudge(WorkOrdersDb db, TimeProvider clock)
{
    /// <summary>
    /// Of reports in force that say the very same all but the first by id are discrepancies, in whatever order they arrived.
    /// </summary>
    /// <returns>Whether there is another.</returns>
    public async Task<bool> JudgeEqual(ProductionReport report, bool isInForce, CancellationToken ct)
    {
        var first = await db.Reports.Where(r => r.OperationId == report.OperationId && r.EndedAt == report.EndedAt
                && r.StartedAt == report.StartedAt && r.Equipment == report.Equipment && r.Operator == report.Operator
                && r.Activity == report.Activity && r.IsRework == report.IsRework && r.Good == report.Good
                && r.Scrap == report.Scrap && r.Nonconforming == report.Nonconforming && r.Reverses == null && r.Id != report.Id
                && !db.Reports.Any(counter => counter.Reverses == r.Id))
            .OrderBy(r => r.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
        if (first is not { } other)
        {
            return false;
        }
        var later = report.Id.CompareTo(other) > 0 ? report.Id : other;
        var known = await db.Discrepancies
            .SingleOrDefaultAsync(d => d.Kind == DiscrepancyKinds.EqualReport && d.SubjectId == later, ct);
        if (isInForce && known is null)
        {
            db.Add(Discrepancy.Of(DiscrepancyKinds.EqualReport, later, report, clock.GetUtcNow()));
        }
        else if (!isInForce && known is { SettledAt: null })
        {
            db.Remove(known);
        }
        return true;
    }

    /// <summary>
    /// A report that ends before others, or with them, may change what is ahead: judges them again. All but this one are saved.
    /// </summary>
    public async Task JudgeSequence(ProductionReport report, Operation operation, DateTimeOffset? latestEnd, CancellationToken ct)
    {
        if (report.EndedAt <= latestEnd)
        {
            await SequenceWith(report, operation, ct);
        }
    }

    /// <summary>
    /// The rule of <see cref="Reporting.IsAhead"/> over all reports of the operation and the next that end at or after the
    /// one that is being entered: what is a discrepancy does not depend on the order in which reports arrive. Undone reports
    /// and counter-reports are none. By running sums: one late report among ten thousand costs one pass.
    /// </summary>
    async Task SequenceWith(ProductionReport report, Operation operation, CancellationToken ct)
    {
        var judged = await db.Connection.QueryAsync<Judged>(new CommandDefinition(
            JudgeSql, new
            {
                operation.Id, operation.SuccessorId, report = report.Id, report.EndedAt, report.Good, report.Scrap,
                report.Nonconforming, report.IsRework, report.Corrects, report.Reverses
            },
            db.Transaction, cancellationToken: ct));
        foreach (var (subject, operationId, orderId, known, foundAt) in judged)
        {
            if (db.ChangeTracker.Entries<Discrepancy>().FirstOrDefault(entry => entry.Entity.Id == known) is { } tracked)
            {
                tracked.State = EntityState.Deleted;        // found, or forgotten, before in this unit of work
                continue;
            }
            var discrepancy = new Discrepancy
            {
                Id = known ?? Guid.CreateVersion7(), Kind = DiscrepancyKinds.Sequence, SubjectId = subject, OrderId = orderId,
                OperationId = operationId, FoundAt = foundAt ?? clock.GetUtcNow()
            };
            if (known is null) db.Add(discrepancy);
            else db.Remove(discrepancy);
        }
    }

    /// <summary>A report that has become a discrepancy, or is one no more: then it names the one it was.</summary>
    sealed record Judged(Guid Id, Guid OperationId, Guid OrderId, Guid? DiscrepancyId, DateTime? FoundAt);

    const string JudgeSql = """
        WITH report_now AS (
            SELECT id, operation_id, ended_at, good, scrap, nonconforming, is_rework, corrects, reverses FROM report
            UNION ALL       -- the one that is being entered
            SELECT @report, @Id, @EndedAt, @Good, @Scrap, @Nonconforming, @IsRework, @Corrects, @Reverses),
        told AS (       -- the reports of an operation and of the one before it, on one time line
            SELECT o.id AS operation_id, o.order_id, r.id, r.ended_at, r.good + r.scrap AS done, r.nonconforming,
                   CASE WHEN r.is_rework OR r.corrects IS NOT NULL THEN r.good + r.scrap + r.nonconforming ELSE 0 END AS again,
                   CASE WHEN r.operation_id = o.id THEN 0 ELSE r.good END AS fed, r.operation_id = o.id AS is_own,
                   coalesce(r.reverses, r.corrects) IS NULL AS is_work
            FROM operation o JOIN work_order w ON w.id = o.order_id AND w.policies->>'sequence' <> 'Off'
            JOIN report_now r ON r.operation_id IN (o.id, o.predecessor_id)
            WHERE o.id IN (@Id, @SuccessorId) AND o.predecessor_id IS NOT NULL),
        summed AS (
            SELECT id, operation_id, order_id, ended_at, is_own, is_work, sum(fed) OVER before AS fed,
                   sum(done) FILTER (WHERE is_own) OVER before + greatest(0, sum(nonconforming) FILTER (WHERE is_own) OVER before
                       - greatest(0, sum(again) FILTER (WHERE is_own) OVER before)) AS through
            FROM told WINDOW before AS (PARTITION BY operation_id ORDER BY ended_at)),
        judged AS (
            SELECT id, operation_id, order_id, is_work AND through > fed
                AND s.id IS DISTINCT FROM @Reverses AND NOT EXISTS (SELECT FROM report c WHERE c.reverses = s.id) AS is_ahead
            FROM summed s WHERE is_own AND ended_at >= @EndedAt)
        SELECT j.id, j.operation_id, j.order_id, d.id AS discrepancy_id, d.found_at
        FROM judged j LEFT JOIN discrepancy d ON d.subject_id = j.id AND d.kind = 'sequence'
        WHERE CASE WHEN is_ahead THEN d.id IS NULL ELSE d.settled_at IS NULL AND d.id IS NOT NULL END
        """;
}
