using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features;

/// <summary>Keeps the equipment that Equipment defines, and since when a unit is retired.</summary>
sealed class KnowEquipment(WorkOrdersDb db, StopBook stops) : IConsume<EquipmentChanged>
{
    public async Task Consume(EquipmentChanged message, CancellationToken ct)
    {
        await stops.Hold(message.Code, ct);
        var retiredAt = await db.Database.SqlQuery<DateTimeOffset?>(
            $"SELECT retired_at AS \"Value\" FROM equipment WHERE code = {message.Code}").SingleOrDefaultAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment (code, name, work_center, kind, version, retired_at)
            VALUES ({message.Code}, {message.Name}, {message.WorkCenter}, {message.Kind.ToString()}, {message.Version},
                    {message.RetiredAt})
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, work_center = excluded.work_center,
                kind = excluded.kind, version = excluded.version, retired_at = excluded.retired_at
                WHERE equipment.version < excluded.version
            """, ct);
        if (retiredAt != message.RetiredAt)
        {
            await stops.Judge(message.Code, StopBook.Earlier(retiredAt, message.RetiredAt), null, ct);
        }
    }
}

/// <summary>Keeps which equipment is down: the dispatch list shows it, reports on it become discrepancies.</summary>
sealed class HeedDowntime(WorkOrdersDb db, StopBook stops) : IConsume<EquipmentAvailabilityChanged>
{
    public async Task Consume(EquipmentAvailabilityChanged message, CancellationToken ct)
    {
        await stops.Hold(message.Equipment, ct);
        // While it ran, nothing that was reported depends on since when it did
        var downSince = await db.Database.SqlQuery<DateTimeOffset?>(
            $"SELECT since AS \"Value\" FROM equipment_availability WHERE equipment = {message.Equipment} AND is_down")
            .SingleOrDefaultAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment_availability (equipment, is_down, since, reason, version)
            VALUES ({message.Equipment}, {message.IsDown}, {message.Since}, {message.Reason}, {message.Version})
            ON CONFLICT (equipment) DO UPDATE SET is_down = excluded.is_down, since = excluded.since,
                reason = excluded.reason, version = excluded.version
                WHERE equipment_availability.version < excluded.version
            """, ct);
        await stops.Judge(message.Equipment, downSince < message.Since ? downSince : message.Since, null, ct);
    }
}

/// <summary>Keeps the stops that have ended: labour, where an operator is named, and what reports are judged by.</summary>
sealed class BookDowntimeLabour(WorkOrdersDb db, StopBook stops) : IConsume<DowntimeRecorded>
{
    public async Task Consume(DowntimeRecorded message, CancellationToken ct)
    {
        await stops.Hold(message.Equipment, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO downtime_labour (
                downtime_id, operator, equipment, order_number, operation_code, started_at, ended_at)
            VALUES ({message.DowntimeId}, {message.Operator}, {message.Equipment}, {message.OrderNumber},
                    {message.OperationCode}, {message.StartedAt}, {message.EndedAt}) ON CONFLICT DO NOTHING
            """, ct);
        await stops.Judge(message.Equipment, message.StartedAt, message.EndedAt, ct);
    }
}

/// <summary>Takes back a stop, whether it has come here or not: no labour, and no report is judged by it.</summary>
sealed class WithdrawDowntime(WorkOrdersDb db, StopBook stops) : IConsume<DowntimeWithdrawn>
{
    public async Task Consume(DowntimeWithdrawn message, CancellationToken ct)
    {
        await stops.Hold(message.Equipment, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO downtime_withdrawn (downtime_id, withdrawn_at)
            VALUES ({message.DowntimeId}, {message.WithdrawnAt}) ON CONFLICT DO NOTHING
            """, ct);
        await stops.Judge(message.Equipment, message.StartedAt, message.EndedAt, ct);
    }
}

/// <summary>
/// Which reports tell of work on equipment that stood still then, or was retired. Judged when a report comes and again
/// when a stop does, so that it depends on when things happened and not on which was known first.
/// </summary>
public sealed class StopBook(WorkOrdersDb db, TimeProvider clock)
{
    /// <summary>Changes of what is known of a unit's stops wait for each other and for the reports on it.</summary>
    public const int LockClass = 0x53746F70;       // 'Stop'

    /// <summary>Has changes of this equipment's stops queue up until the transaction ends.</summary>
    public Task Hold(string equipment, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"SELECT pg_advisory_xact_lock({LockClass}, hashtext({equipment}))", ct);

    /// <summary>Judges the reports again that have time in common with [from, to); undone ones are none.</summary>
    public async Task Judge(string equipment, DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct)
    {
        var changed = await db.Database.SqlQuery<Judged>(
            $"""
            WITH judged AS (
                SELECT r.id, r.order_id, r.operation_id, EXISTS (
                    SELECT FROM equipment_stop s WHERE s.equipment = r.equipment
                        AND s.started_at < r.ended_at AND s.ended_at > r.started_at) AS is_on_stop
                FROM report r
                WHERE r.equipment = {equipment} AND r.reverses IS NULL AND r.corrects IS NULL
                  AND r.ended_at >= coalesce({from}::timestamptz, '-infinity')
                  AND r.started_at <= coalesce({to}::timestamptz, 'infinity')
                  AND NOT EXISTS (SELECT FROM report c WHERE c.reverses = r.id)),
            gone AS (
                DELETE FROM discrepancy d USING judged j
                WHERE d.kind = {DiscrepancyKinds.EquipmentDown} AND d.subject_id = j.id AND d.settled_at IS NULL
                  AND NOT j.is_on_stop RETURNING d.subject_id),
            found AS (
                INSERT INTO discrepancy (id, kind, subject_id, order_id, operation_id, found_at)
                SELECT gen_random_uuid(), {DiscrepancyKinds.EquipmentDown}, id, order_id, operation_id,
                       {clock.GetUtcNow()} FROM judged WHERE is_on_stop
                ON CONFLICT (subject_id, kind) DO NOTHING RETURNING subject_id)
            SELECT subject_id AS "SubjectId", false AS "IsFound" FROM gone UNION ALL SELECT subject_id, true FROM found
            """).ToListAsync(ct);
        foreach (var one in changed)
        {
            object discrepancy = new { Kind = DiscrepancyKinds.EquipmentDown, one.SubjectId };
            db.Audit("discrepancy", discrepancy, one.IsFound ? null : discrepancy, one.IsFound ? discrepancy : null);
        }
    }

    sealed record Judged(Guid SubjectId, bool IsFound);

    internal static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
