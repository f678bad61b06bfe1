using System.Text.Json;
using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features;

/// <summary>
/// Keeps Quality's holds: a blocked operation takes no report until its release, and a hold on an order blocks each of its
/// operations. A hold on a lot is Inventory's matter.
/// </summary>
sealed class HeedHold(WorkOrdersDb db, TimeProvider clock) : IConsume<QualityHoldChanged>
{
    public Task Consume(QualityHoldChanged message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO quality_hold (id, version, is_active, order_id, operation_id, reason, known_at)
        SELECT CASE WHEN {message.BlockedOperationId}::uuid IS NULL
                   THEN md5(concat({message.HoldId}, o.id))::uuid ELSE {message.HoldId} END,
               {message.Version}, {message.IsActive}, o.order_id, o.id, {message.Reason}, {clock.GetUtcNow()}
        FROM operation o WHERE o.id = {message.BlockedOperationId}::uuid OR ({message.BlockedOperationId}::uuid IS NULL
            AND {message.Lot}::text IS NULL AND o.order_id = {message.OrderId}::uuid)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, is_active = excluded.is_active, reason = excluded.reason
            WHERE quality_hold.version < excluded.version
        """, ct);
}

/// <summary>Keeps which orders lack components.</summary>
sealed class HeedShortages(WorkOrdersDb db) : IConsume<MaterialAvailabilityChanged>
{
    public Task Consume(MaterialAvailabilityChanged message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO shortage (order_id, version, shortages)
        VALUES ({message.OrderId}, {message.Version}, {JsonSerializer.Serialize(message.Shortages, MessageJson.Options)}::jsonb)
        ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, shortages = excluded.shortages
            WHERE shortage.version < excluded.version
        """, ct);
}

/// <summary>Keeps what Inventory handed out to orders: the edges of the genealogy.</summary>
sealed class TraceIssue(WorkOrdersDb db) : IConsume<MaterialIssued>
{
    public Task Consume(MaterialIssued message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO issue (id, order_number, material, lot, quantity, unit, issued_at)
        VALUES ({message.IssueId}, {message.OrderNumber}, {message.Material}, {message.Lot}, {message.Quantity}, {message.Unit},
                {message.IssuedAt}) ON CONFLICT DO NOTHING
        """, ct);
}

/// <summary>Takes a published plan: in force once all its chunks are there and no newer one is.</summary>
sealed class TakePlan(WorkOrdersDb db) : IConsume<SchedulePublished>
{
    const long LockKey = 0x4D6573506C616E;      // 'MesPlan'

    public async Task Consume(SchedulePublished message, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);
        var operations = JsonSerializer.Serialize(message.Operations, MessageJson.Options);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO plan_chunk (plan_version, chunk, chunks, operations)
            SELECT {message.Version}, {message.Chunk}, {message.Chunks}, {operations}::jsonb
            WHERE NOT EXISTS (SELECT FROM plan_taken WHERE plan_version >= {message.Version}) ON CONFLICT DO NOTHING
            """, ct);
        if (await db.Database.SqlQuery<int>(
                $"SELECT count(*)::int AS \"Value\" FROM plan_chunk WHERE plan_version = {message.Version}").SingleAsync(ct) == message.Chunks)
        {
            await PutInForce(message.Version, ct);
            db.Audit("plan_taken", "plan", null, new { PlanVersion = message.Version });
        }
    }

    /// <summary>The version is kept apart from the operations: a plan may have none.</summary>
    async Task PutInForce(long version, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        UPDATE plan_taken SET plan_version = {version};
        WITH gone AS (DELETE FROM plan_chunk WHERE plan_version <= {version} RETURNING plan_version, operations),
        kept AS (
            SELECT p.* FROM gone g CROSS JOIN LATERAL jsonb_to_recordset(g.operations) AS p(
                "operationId" uuid, equipment text, "setupStartsAt" timestamptz, "startsAt" timestamptz, "endsAt" timestamptz)
            WHERE g.plan_version = {version}),
        dropped AS (DELETE FROM planned_operation WHERE operation_id NOT IN (SELECT "operationId" FROM kept))
        INSERT INTO planned_operation (operation_id, plan_version, equipment, setup_starts_at, starts_at, ends_at)
        SELECT "operationId", {version}, equipment, "setupStartsAt", "startsAt", "endsAt" FROM kept
        ON CONFLICT (operation_id) DO UPDATE SET plan_version = excluded.plan_version, equipment = excluded.equipment,
            setup_starts_at = excluded.setup_starts_at, starts_at = excluded.starts_at, ends_at = excluded.ends_at
        """, ct);
}
