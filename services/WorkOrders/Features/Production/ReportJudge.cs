using Dapper;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features;

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

    /// <summary>A report that ends before others, or with them, may change what is ahead: judges them again.</summary>
    public async Task JudgeSequence(ProductionReport report, Operation operation, DateTimeOffset? latestEnd, CancellationToken ct)
    {
        if (report.EndedAt <= latestEnd)
        {
            await db.Flush(ct);
            await SequenceFrom(operation, report.EndedAt, ct);
        }
    }

    /// <summary>
    /// The rule of <see cref="Reporting.IsAhead"/> over all reports of the operation and the next that end at or after the
    /// given time: what is a discrepancy does not depend on the order in which reports arrive. Undone reports and
    /// counter-reports are none.
    /// </summary>
    async Task SequenceFrom(Operation operation, DateTimeOffset from, CancellationToken ct)
    {
        var judged = (await db.Connection.QueryAsync<Judged>(new CommandDefinition(JudgeSql,
            new { operation.Id, operation.SuccessorId, from }, db.Transaction, cancellationToken: ct))).AsList();
        var subjects = judged.ConvertAll(row => row.Id);
        var known = await db.Discrepancies
            .Where(d => subjects.Contains(d.SubjectId) && d.Kind == DiscrepancyKinds.Sequence).ToListAsync(ct);
        var ahead = judged.Where(row => row.IsAhead).ToDictionary(row => row.Id);
        db.RemoveRange(known.Where(d => d.SettledAt is null && !ahead.ContainsKey(d.SubjectId)));
        db.AddRange(ahead.Values.Where(row => known.TrueForAll(d => d.SubjectId != row.Id)).Select(row => new Discrepancy
        {
            Kind = DiscrepancyKinds.Sequence, SubjectId = row.Id, OrderId = row.OrderId, OperationId = row.OperationId,
            FoundAt = clock.GetUtcNow()
        }));
    }

    sealed record Judged(Guid Id, Guid OperationId, Guid OrderId, bool IsAhead);

    const string JudgeSql = """
        WITH judged AS (
            SELECT o.id AS operation_id, o.order_id, o.predecessor_id, r.id, r.ended_at
            FROM operation o JOIN report r ON r.operation_id = o.id AND r.ended_at >= @from
            JOIN work_order w ON w.id = o.order_id AND w.policies->>'sequence' <> 'Off'
            WHERE o.id IN (@Id, @SuccessorId) AND o.predecessor_id IS NOT NULL),
        ahead AS (
            SELECT j.id FROM judged j JOIN report r ON r.id = j.id
            WHERE coalesce(r.reverses, r.corrects) IS NULL AND NOT EXISTS (SELECT FROM report c WHERE c.reverses = r.id)
              AND (SELECT sum(good + scrap) + greatest(0, sum(nonconforming) - greatest(0,
                       coalesce(sum(good + scrap + nonconforming) FILTER (WHERE is_rework OR corrects IS NOT NULL), 0)))
                   FROM report f WHERE f.operation_id = j.operation_id AND f.ended_at <= j.ended_at)
                > (SELECT coalesce(sum(good), 0) FROM report d
                   WHERE d.operation_id = j.predecessor_id AND d.ended_at <= j.ended_at))
        SELECT j.id, j.operation_id, j.order_id, EXISTS (SELECT FROM ahead a WHERE a.id = j.id) AS is_ahead
        FROM judged j
        WHERE EXISTS (SELECT FROM ahead a WHERE a.id = j.id)
           OR EXISTS (SELECT FROM discrepancy d WHERE d.subject_id = j.id AND d.kind = 'sequence' AND d.settled_at IS NULL)
        """;
}
