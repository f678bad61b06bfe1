using Dapper;
using Mes.Contracts;
using Mes.Kernel;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Reads what the rules need to judge a report. Reports on one order queue up on the order's row.</summary>
public sealed class ReportReader(WorkOrdersDb db, TimeProvider clock)
{
    /// <summary>Locks the order and gathers what a new report is judged by.</summary>
    public async Task<ReportingContext> Read(Guid operationId, Stretch stretch, Pieces pieces, CancellationToken ct)
    {
        await using var found = await db.Connection.QueryMultipleAsync(new CommandDefinition(
            Sql, new
            {
                operation = operationId, signOn = stretch.SignOnId, equipment = stretch.Equipment,
                startedAt = stretch.StartedAt.ToUniversalTime(), endedAt = stretch.EndedAt.ToUniversalTime(),
                at = stretch.StartedAt.ToUniversalTime(),
                pieces.Good, pieces.Scrap, pieces.Nonconforming, stops = StopJudge.LockClass
            },
            db.Transaction, cancellationToken: ct));
        var order = await found.ReadSingleOrDefaultAsync<WorkOrder>()
            ?? throw RuleViolation.NotFound("operation", operationId);
        var near = NearOperations.Of(operationId, (await found.ReadAsync<Operation>()).AsList());
        var signOn = await found.ReadSingleOrDefaultAsync<SignOn>()
            ?? throw new RuleViolation("sign-on-not-found", "Sign the operator on first.", ("signOnId", stretch.SignOnId));
        var known = await found.ReadSingleAsync<Known>();
        var byThen = (await found.ReadAsync<SumByThen>()).ToDictionary(sum => sum.OperationId);
        db.AttachRange(order, near.Operation);
        return new ReportingContext
        {
            Order = order, Operation = near.Operation, SignOn = signOn, Qualifications = known.Qualifications ?? [],
            IsEquipmentKnown = known.IsEquipmentKnown, IsEquipmentDown = known.IsEquipmentDown,
            BlockedSince = known.BlockedSince,
            IsMaterialShort = known.IsMaterialShort, Now = clock.GetUtcNow(), LatestEnd = near.LatestEnd,
            MayHaveEqual = known.MayHaveEqual, IsSerialized = known.IsSerialized,
            ReportedByThen = byThen.GetValueOrDefault(near.Operation.Id)?.ToPieces() ?? near.Operation.Reported,
            Predecessor = near.Predecessor,
            DeliveredByThen = near.Predecessor is null
                ? null : byThen.GetValueOrDefault(near.Predecessor.Id)?.Good ?? near.Predecessor.Good
        };
    }

    sealed class Known
    {
        public string[]? Qualifications { get; init; }
        public bool IsEquipmentKnown { get; init; }
        public bool IsEquipmentDown { get; init; }
        public DateTime? BlockedSince { get; init; }
        public bool IsMaterialShort { get; init; }
        public bool MayHaveEqual { get; init; }
        public bool IsSerialized { get; init; }
    }

    /// <summary>What was reported by the end of the report, where there is also work that ended later.</summary>
    sealed class SumByThen
    {
        public Guid OperationId { get; init; }
        public decimal Good { get; init; }
        public decimal Scrap { get; init; }
        public decimal Nonconforming { get; init; }
        public decimal Reworked { get; init; }

        public Pieces ToPieces() => new(Good, Scrap, Nonconforming, Reworked);
    }

    /// <summary>
    /// In one round trip, statement by statement: what follows the locks sees what was committed while they were waited for.
    /// </summary>
    const string Sql = $"""
        SELECT w.*, pg_advisory_xact_lock_shared(@stops, hashtext(@equipment))::text AS stops_are_held FROM (
            SELECT * FROM work_order WHERE id = (SELECT order_id FROM operation WHERE id = @operation) FOR NO KEY UPDATE) w;
        SELECT o.* FROM operation this
        JOIN operation o ON o.id = ANY (ARRAY[this.id, this.predecessor_id, this.successor_id])
        WHERE this.id = @operation;
        SELECT * FROM sign_on WHERE id = @signOn;
        SELECT (SELECT {ReadinessSql.Skills} FROM operator p JOIN sign_on s ON s.operator = p.code
                WHERE s.id = @signOn) AS qualifications,
               EXISTS (SELECT FROM equipment WHERE code = @equipment) AS is_equipment_known,
               EXISTS (SELECT FROM equipment_stop WHERE equipment = @equipment AND started_at < @endedAt
                       AND ended_at > @startedAt) AS is_equipment_down,
               (SELECT min(known_at) FROM quality_hold WHERE operation_id = @operation AND is_active) AS blocked_since,
               EXISTS (SELECT FROM shortage h JOIN operation o USING (order_id)
                       WHERE o.id = @operation AND h.shortages <> '[]') AS is_material_short,
               EXISTS (SELECT FROM product p JOIN work_order w ON w.product = p.code JOIN operation o ON o.order_id = w.id
                       WHERE o.id = @operation AND p.tracking = 'Serial') AS is_serialized,
               EXISTS (SELECT FROM report WHERE operation_id = @operation AND ended_at = @endedAt AND started_at = @startedAt
                       AND good = @Good AND scrap = @Scrap AND nonconforming = @Nonconforming) AS may_have_equal;
        SELECT o.id AS operation_id, coalesce(sum(r.good), 0) AS good, coalesce(sum(r.scrap), 0) AS scrap,
               coalesce(sum(r.nonconforming), 0) AS nonconforming,
               coalesce(sum(r.good + r.scrap + r.nonconforming) FILTER (WHERE r.is_rework OR r.corrects IS NOT NULL), 0)
                   AS reworked
        FROM operation this
        JOIN operation o ON o.id = ANY (ARRAY[this.id, this.predecessor_id]) AND o.last_ended_at > @endedAt
        LEFT JOIN report r ON r.operation_id = o.id AND r.ended_at <= @endedAt
        WHERE this.id = @operation GROUP BY o.id
        """;
}

/// <summary>What a report is of, besides pieces: who did what where, from when until when.</summary>
/// <param name="SignOnId">The operator's sign-on.</param>
/// <param name="Equipment">Code of the equipment used.</param>
/// <param name="Activity">Run or setup.</param>
/// <param name="StartedAt">Start of the work.</param>
/// <param name="EndedAt">End of the work.</param>
public sealed record Stretch(
    Guid SignOnId, string Equipment, WorkActivity Activity, DateTimeOffset StartedAt, DateTimeOffset EndedAt);
