using System.Linq.Expressions;
using Dapper;
using Mes.Hosting.Problems;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features;

/// <summary>
/// Reads what the rules need to judge a report, and enters the report with all it causes. Reports on one order queue up on the order's row.
/// </summary>
public sealed class ReportBook(WorkOrdersDb db, TimeProvider clock)
{
    bool _mayHaveEqual;
    DateTimeOffset? _lastEndedAt;
    DateTimeOffset? _successorLastEndedAt;

    /// <summary>Locks the order and gathers what a new report is judged by.</summary>
    public async Task<ReportingContext> Open(Guid operationId, ReportProduction request, CancellationToken ct)
    {
        await using var found = await db.Connection.QueryMultipleAsync(new CommandDefinition(
            OpenSql, new
            {
                operation = operationId, signOn = request.SignOnId, equipment = request.Equipment,
                startedAt = request.StartedAt.ToUniversalTime(), endedAt = request.EndedAt.ToUniversalTime(),
                request.Good, request.Scrap, request.Nonconforming, stops = StopBook.LockClass
            },
            db.Transaction, cancellationToken: ct));
        var order = await found.ReadSingleOrDefaultAsync<WorkOrder>()
            ?? throw RuleViolation.NotFound("operation", operationId);
        var (operation, predecessor) = Take(operationId, (await found.ReadAsync<Operation>()).AsList());
        var signOn = await found.ReadSingleOrDefaultAsync<SignOn>()
            ?? throw new RuleViolation("sign-on-not-found", "Sign the operator on first.", ("signOnId", request.SignOnId));
        await found.ReadAsync<string>();        // the lock
        var known = await found.ReadSingleAsync<Known>();
        _mayHaveEqual = known.MayHaveEqual;
        db.AttachRange(order, operation);
        var endedAt = request.EndedAt.ToUniversalTime();
        return new ReportingContext
        {
            Order = order, Operation = operation, SignOn = signOn, Qualifications = known.Qualifications ?? [],
            IsEquipmentKnown = known.IsEquipmentKnown, IsEquipmentDown = known.IsEquipmentDown,
            BlockedSince = known.BlockedSince,
            IsMaterialShort = known.IsMaterialShort, Now = clock.GetUtcNow(),
            ReportedByThen = await ReportedBy(operation, endedAt, ct), Predecessor = predecessor,
            DeliveredByThen = predecessor is null ? null : await DeliveredBy(predecessor, endedAt, ct)
        };
    }

    /// <summary>Enters a report: itself, its discrepancies, the ERP's confirmation and the fact for the others.</summary>
    /// <returns>The discrepancies, with what only the other reports tell.</returns>
    public async Task<IReadOnlyList<string>> Enter(
        ProductionReport report, ReportingContext facts, IReadOnlyList<string> discrepancies, CancellationToken ct)
    {
        await Settle(facts.Order, facts.Operation, ct);
        await Add(report, facts.Order, facts.Operation, ct);
        var isLate = IsLate(report);
        foreach (var kind in discrepancies.Where(kind => kind != DiscrepancyKinds.OverQuantity
            && !(isLate && kind == DiscrepancyKinds.Sequence)))
        {
            db.Add(Found(kind, report.Id, report));
        }
        if (discrepancies.Contains(DiscrepancyKinds.OverQuantity) && !await IsFound(report.OperationId, ct))
        {
            db.Add(Found(DiscrepancyKinds.OverQuantity, report.OperationId, report));
        }
        var hasEqual = _mayHaveEqual && await JudgeEqual(report, isInForce: true, ct);
        await JudgeSequenceAgainIfLate(report, facts.Operation, ct);
        return hasEqual ? [.. discrepancies, DiscrepancyKinds.EqualReport] : discrepancies;
    }

    /// <summary>Enters a counter-report.</summary>
    public async Task Undo(ProductionReport report, Guid counterId, CancellationToken ct)
    {
        var order = (await db.LockOrderOf(report.OperationId, ct))!;
        if (await db.Reports.AnyAsync(r => r.Reverses == report.Id, ct))
        {
            throw RuleViolation.Conflict("already-undone", "This report has been undone before.", ("report", report.Id));
        }
        await Count(report.Counter(counterId, clock.GetUtcNow()), order, report, ct);
    }

    /// <summary>Enters a correction of a report's pieces.</summary>
    public async Task Correct(ProductionReport correction, CancellationToken ct) =>
        await Count(correction, (await db.LockOrderOf(correction.OperationId, ct))!, null, ct);

    /// <summary>Enters what takes pieces back or counts them otherwise.</summary>
    async Task Count(ProductionReport counter, WorkOrder order, ProductionReport? undone, CancellationToken ct)
    {
        var near = await db.Operations.FromSql(
            $"""
            SELECT o.* FROM operation this
            JOIN operation o ON o.id = ANY (ARRAY[this.id, this.predecessor_id, this.successor_id])
            WHERE this.id = {counter.OperationId}
            """).ToListAsync(ct);
        var (operation, predecessor) = Take(counter.OperationId, near);
        if (counter.Corrects is null)
        {
            Reporting.TakeBack(counter, order, operation);
        }
        else
        {
            Reporting.Correct(counter, order, operation, predecessor);
        }
        await Settle(order, operation, ct);
        await Add(counter, order, operation, ct);
        if (undone is { Corrects: null })
        {
            await JudgeEqual(undone, isInForce: false, ct);
        }
        await JudgeSequenceAgainIfLate(counter, operation, ct);
        if (undone is { Corrects: null })
        {
            await ForgetStop(undone, ct);
        }
        await db.ForgetOverQuantity(order, [operation], ct);
    }

    async Task ForgetStop(ProductionReport undone, CancellationToken ct)
    {
        await new StopBook(db, clock).Hold(undone.Equipment, ct);
        db.RemoveRange(await db.Discrepancies.Where(d => d.SubjectId == undone.Id && d.SettledAt == null
            && d.Kind == DiscrepancyKinds.EquipmentDown).ToListAsync(ct));
    }

    /// <summary>
    /// An operation that is done by this report, or open again, may change what those after it wait for; so do more pieces of
    /// one that was done before.
    /// </summary>
    async Task Settle(WorkOrder order, Operation operation, CancellationToken ct)
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
            order.WidenAfter(operation);
        }
        else
        {
            order.SettleAfter(operation);
        }

        T Before<T>(Expression<Func<Operation, T>> of) => db.Entry(operation).Property(of).OriginalValue;
    }

    /// <summary>Adds the report itself, its confirmation and what others are told.</summary>
    async Task Add(ProductionReport report, WorkOrder order, Operation operation, CancellationToken ct)
    {
        db.Reports.Add(report);
        db.Add(new PendingConfirmation { ReportId = report.Id });
        db.Outbox.Add(report.ToContract(order, operation));
        if (!order.IsOpen || db.Entry(order).Property(o => o.Version).IsModified)
        {
            await db.Operations.Where(o => o.OrderId == order.Id).LoadAsync(ct);
            db.Outbox.Add(order.ToContract());
        }
    }

    /// <summary>Whether its sequence is judged, and what is ahead recorded, together with the reports around it.</summary>
    bool IsLate(ProductionReport report) => report.EndedAt <= _lastEndedAt || report.EndedAt <= _successorLastEndedAt;

    async Task JudgeSequenceAgainIfLate(ProductionReport report, Operation operation, CancellationToken ct)
    {
        if (IsLate(report))
        {
            await db.Flush(ct);
            await JudgeSequenceAgain(operation, report.EndedAt, ct);
        }
    }

    (Operation Operation, Operation? Predecessor) Take(Guid id, List<Operation> near)
    {
        var operation = near.Single(o => o.Id == id);
        _lastEndedAt = operation.LastEndedAt;
        _successorLastEndedAt = near.SingleOrDefault(o => o.PredecessorId == id)?.LastEndedAt;
        return (operation, near.SingleOrDefault(o => o.SuccessorId == id));
    }

    async Task<Pieces> ReportedBy(Operation operation, DateTimeOffset at, CancellationToken ct)
    {
        if (operation.LastEndedAt is null || operation.LastEndedAt <= at)
        {
            return operation.Reported;
        }
        return await db.Reports.Where(r => r.OperationId == operation.Id && r.EndedAt <= at).GroupBy(_ => 1)
            .Select(all => new Pieces(all.Sum(r => r.Good), all.Sum(r => r.Scrap), all.Sum(r => r.Nonconforming),
                all.Sum(r => r.IsRework || r.Corrects != null ? r.Good + r.Scrap + r.Nonconforming : 0)))
            .SingleOrDefaultAsync(ct);
    }

    async Task<decimal> DeliveredBy(Operation operation, DateTimeOffset at, CancellationToken ct) =>
        operation.LastEndedAt is null || operation.LastEndedAt <= at
            ? operation.Good
            : await db.Reports.Where(r => r.OperationId == operation.Id && r.EndedAt <= at).SumAsync(r => r.Good, ct);

    Task<bool> IsFound(Guid subject, CancellationToken ct) =>
        db.Discrepancies.AnyAsync(d => d.SubjectId == subject && d.Kind == DiscrepancyKinds.OverQuantity, ct);

    Discrepancy Found(string kind, Guid subject, ProductionReport report) => new()
    {
        Kind = kind, SubjectId = subject, OrderId = report.OrderId, OperationId = report.OperationId, FoundAt = clock.GetUtcNow()
    };

    sealed class Known
    {
        public string[]? Qualifications { get; init; }
        public bool IsEquipmentKnown { get; init; }
        public bool IsEquipmentDown { get; init; }
        public DateTime? BlockedSince { get; init; }
        public bool IsMaterialShort { get; init; }
        public bool MayHaveEqual { get; init; }
    }

    /// <summary>
    /// In one round trip, statement by statement: what follows the lock sees what was committed while it waited.
    /// </summary>
    const string OpenSql = """
        SELECT * FROM work_order WHERE id = (SELECT order_id FROM operation WHERE id = @operation) FOR NO KEY UPDATE;
        SELECT o.* FROM operation this
        JOIN operation o ON o.id = ANY (ARRAY[this.id, this.predecessor_id, this.successor_id])
        WHERE this.id = @operation;
        SELECT * FROM sign_on WHERE id = @signOn;
        SELECT pg_advisory_xact_lock_shared(@stops, hashtext(@equipment))::text;
        SELECT (SELECT p.qualifications FROM operator p JOIN sign_on s ON s.operator = p.code
                WHERE s.id = @signOn) AS qualifications,
               EXISTS (SELECT FROM equipment WHERE code = @equipment) AS is_equipment_known,
               EXISTS (SELECT FROM equipment_stop WHERE equipment = @equipment AND started_at < @endedAt
                       AND ended_at > @startedAt) AS is_equipment_down,
               (SELECT min(known_at) FROM quality_hold WHERE operation_id = @operation AND is_active) AS blocked_since,
               EXISTS (SELECT FROM shortage h JOIN operation o USING (order_id)
                       WHERE o.id = @operation AND h.shortages <> '[]') AS is_material_short,
               EXISTS (SELECT FROM report WHERE operation_id = @operation AND ended_at = @endedAt AND started_at = @startedAt
                       AND good = @Good AND scrap = @Scrap AND nonconforming = @Nonconforming) AS may_have_equal
        """;

    /// <summary>
    /// Of reports in force that say the very same all but the first by id are discrepancies, in whatever order they arrived.
    /// </summary>
    /// <returns>Whether there is another.</returns>
    async Task<bool> JudgeEqual(ProductionReport report, bool isInForce, CancellationToken ct)
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
            db.Add(Found(DiscrepancyKinds.EqualReport, later, report));
        }
        else if (!isInForce && known is { SettledAt: null })
        {
            db.Remove(known);
        }
        return true;
    }

    /// <summary>
    /// The rule of <see cref="Reporting.IsAhead"/> over all reports of the operation and the next that end at or after the
    /// given time: what is a discrepancy does not depend on the order in which reports arrive. Undone reports and
    /// counter-reports are none.
    /// </summary>
    async Task JudgeSequenceAgain(Operation operation, DateTimeOffset from, CancellationToken ct)
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
