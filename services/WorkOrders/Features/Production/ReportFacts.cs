using Dapper;
using Mes.Kernel;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Reads what the rules need to judge a report. Reports on one order queue up on the order's row.</summary>
public sealed class ReportFacts(WorkOrdersDb db, TimeProvider clock)
{
    /// <summary>Locks the order and gathers what a new report is judged by.</summary>
    public async Task<ReportingContext> Read(Guid operationId, ReportProduction request, CancellationToken ct)
    {
        await using var found = await db.Connection.QueryMultipleAsync(new CommandDefinition(
            Sql, new
            {
                operation = operationId, signOn = request.SignOnId, equipment = request.Equipment,
                startedAt = request.StartedAt.ToUniversalTime(), endedAt = request.EndedAt.ToUniversalTime(),
                request.Good, request.Scrap, request.Nonconforming, stops = StopBook.LockClass
            },
            db.Transaction, cancellationToken: ct));
        var order = await found.ReadSingleOrDefaultAsync<WorkOrder>()
            ?? throw RuleViolation.NotFound("operation", operationId);
        var near = NearOperations.Of(operationId, (await found.ReadAsync<Operation>()).AsList());
        var signOn = await found.ReadSingleOrDefaultAsync<SignOn>()
            ?? throw new RuleViolation("sign-on-not-found", "Sign the operator on first.", ("signOnId", request.SignOnId));
        await found.ReadAsync<string>();        // the lock
        var known = await found.ReadSingleAsync<Known>();
        db.AttachRange(order, near.Operation);
        var endedAt = request.EndedAt.ToUniversalTime();
        return new ReportingContext
        {
            Order = order, Operation = near.Operation, SignOn = signOn, Qualifications = known.Qualifications ?? [],
            IsEquipmentKnown = known.IsEquipmentKnown, IsEquipmentDown = known.IsEquipmentDown,
            BlockedSince = known.BlockedSince,
            IsMaterialShort = known.IsMaterialShort, Now = clock.GetUtcNow(), LatestEnd = near.LatestEnd,
            MayHaveEqual = known.MayHaveEqual,
            ReportedByThen = await ReportedBy(near.Operation, endedAt, ct), Predecessor = near.Predecessor,
            DeliveredByThen = near.Predecessor is null ? null : await DeliveredBy(near.Predecessor, endedAt, ct)
        };
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
    const string Sql = """
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
}
