using System.Text.Json;
using Mes.Contracts;
using Mes.Messaging;
using Mes.Persistence;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Dispatch;

/// <summary>Takes a published plan: in force once all its chunks are there and no newer one is.</summary>
sealed class OnSchedulePublished(WorkOrdersDb db) : IConsume<SchedulePublished>
{
    const long LockKey = 0x4D6573506C616E;      // 'MesPlan'

    public async Task Consume(SchedulePublished message, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);
        var operations = JsonSerializer.Serialize(message.Operations, MessageJson.Options);
        // SQL: a plan is thousands of operations, which travel as JSON and become rows in one statement
        // Not audited: chunks are a message on its way; the plan is told of when it is in force
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO plan_chunk (plan_version, chunk, chunks, operations)
            SELECT {message.Version}, {message.Chunk}, {message.Chunks}, {operations}::jsonb
            WHERE NOT EXISTS (SELECT FROM plan_taken WHERE plan_version >= {message.Version}) ON CONFLICT DO NOTHING
            """, ct);
        var chunks = await db.Database.SqlQuery<int>(
            $"SELECT count(*)::int AS \"Value\" FROM plan_chunk WHERE plan_version = {message.Version}").SingleAsync(ct);
        if (chunks == message.Chunks)
        {
            var before = await db.Database.SqlQuery<long>($"SELECT plan_version AS \"Value\" FROM plan_taken").SingleAsync(ct);
            await PutInForce(message.Version, ct);
            db.Audit("plan_taken", "plan", new { PlanVersion = before }, new { PlanVersion = message.Version });
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
