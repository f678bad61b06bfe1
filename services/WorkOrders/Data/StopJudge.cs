using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Data;

/// <summary>
/// Which reports tell of work on equipment that stood still then, or was retired. Judged when a report comes and again
/// when a stop does, so that it depends on when things happened and not on which was known first.
/// </summary>
public sealed class StopJudge(WorkOrdersDb db, TimeProvider clock)
{
    /// <summary>Changes of what is known of a unit's stops wait for each other and for the reports on it.</summary>
    public const int LockClass = 0x53746F70;       // 'Stop'

    /// <summary>Has changes of this equipment's stops queue up until the transaction ends.</summary>
    public Task Hold(string equipment, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"SELECT pg_advisory_xact_lock({LockClass}, hashtext({equipment}))", ct);

    /// <summary>Judges the reports again that have time in common with [from, to); undone ones are none.</summary>
    public async Task Judge(string equipment, DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct)
    {
        // SQL: a stop may concern any number of reports: judged, forgotten and found as sets in one statement
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
