using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Demand;

/// <summary>Keeps what was finished on each operation and what runs where. Work that leaves the plan is an event.</summary>
sealed class OnProductionReported(SchedulingDb db, PlanningEvents events, TimeProvider clock) : IConsume<ProductionReported>
{
    public async Task Consume(ProductionReported message, CancellationToken ct)
    {
        if (message.Corrects is not null)
        {
            await Count(message, reports: 0, ct);       // Quality has decided on pieces: nobody has worked
            return;
        }
        if (message.Reverses is { } undone)
        {
            await Undo(message, undone, ct);
            return;
        }
        await Count(message, reports: 1, ct);
        var counts = await db.Database.SqlQuery<bool>(
            $"""
            INSERT INTO work_report (report_id, operation_id, equipment, started_at, ended_at, is_undone)
            VALUES ({message.ReportId}, {message.OperationId}, {message.Equipment}, {message.StartedAt}, {message.EndedAt}, false)
            ON CONFLICT (report_id) DO UPDATE SET operation_id = excluded.operation_id, equipment = excluded.equipment,
                started_at = excluded.started_at, ended_at = excluded.ended_at
            RETURNING NOT is_undone AS "Value"
            """).ToListAsync(ct) is [true];
        if (!counts)
        {
            return;     // it was undone before it arrived
        }
        await Follow(message, ct);
        // what was reported long after the fact changes nothing that lies ahead
        if (message.EndedAt > clock.GetUtcNow().AddHours(-PlanningInput.RunningHours) && await HasLeftThePlan(message, ct))
        {
            await events.Note(PlanningEvents.Progress, message.OrderNumber, ct);
        }
    }

    /// <summary>Quantities are deltas: they may arrive in any order.</summary>
    Task<int> Count(ProductionReported message, int reports, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO progress (operation_id, finished, reports)
        VALUES ({message.OperationId}, {message.Good + message.Scrap}, {reports})
        ON CONFLICT (operation_id) DO UPDATE SET finished = progress.finished + excluded.finished,
            reports = progress.reports + excluded.reports
        """, ct);

    /// <summary>Where and when the operation was last worked on, and what was last done on the equipment.</summary>
    async Task Follow(ProductionReported message, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE progress SET
                equipment = CASE WHEN ended_at > {message.EndedAt} THEN equipment ELSE {message.Equipment} END,
                started_at = least(started_at, {message.StartedAt}), ended_at = greatest(ended_at, {message.EndedAt})
            WHERE operation_id = {message.OperationId}
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment_last (equipment, operation_id, ended_at)
            VALUES ({message.Equipment}, {message.OperationId}, {message.EndedAt})
            ON CONFLICT (equipment) DO UPDATE SET operation_id = excluded.operation_id, ended_at = excluded.ended_at
                WHERE equipment_last.ended_at <= excluded.ended_at
            """, ct);
    }

    /// <summary>An operation of which every report was undone waits again, as if nothing had been done.</summary>
    async Task Undo(ProductionReported message, Guid undone, CancellationToken ct)
    {
        await Count(message, reports: -1, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO work_report (report_id, is_undone) VALUES ({undone}, true)
            ON CONFLICT (report_id) DO UPDATE SET is_undone = true
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE progress p SET equipment = last.equipment, started_at = last.started_at, ended_at = last.ended_at
            FROM (SELECT (array_agg(equipment ORDER BY ended_at DESC))[1] AS equipment, min(started_at) AS started_at,
                         max(ended_at) AS ended_at
                  FROM work_report WHERE operation_id = {message.OperationId} AND NOT is_undone) last
            WHERE p.operation_id = {message.OperationId} AND (last.ended_at IS NOT NULL OR p.reports <= 0)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH gone AS (DELETE FROM equipment_last WHERE equipment = {message.Equipment}
                AND operation_id = {message.OperationId} RETURNING equipment)
            INSERT INTO equipment_last (equipment, operation_id, ended_at)
            SELECT w.equipment, w.operation_id, w.ended_at FROM work_report w JOIN gone USING (equipment)
            WHERE NOT w.is_undone ORDER BY w.ended_at DESC LIMIT 1
            """, ct);
        await db.NoteChange(ct);
        await events.Note(PlanningEvents.Progress, message.OrderNumber, ct);
    }

    /// <summary>
    /// Whether the work is done elsewhere than planned, or what remains will end further from its planned end than the
    /// plant tolerates.
    /// </summary>
    Task<bool> HasLeftThePlan(ProductionReported message, CancellationToken ct) => db.Database.SqlQuery<bool>(
        $"""
        SELECT EXISTS (
            SELECT FROM plan_operation p
            JOIN demand_operation o USING (operation_id) JOIN demand_order d ON d.order_id = o.order_id
            JOIN progress g USING (operation_id) CROSS JOIN planning_settings s
            WHERE p.operation_id = {message.OperationId}
              AND p.plan_id = (SELECT id FROM plan WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1)
              AND (p.equipment <> {message.Equipment}
                OR abs(extract(epoch FROM {message.EndedAt} - p.ends_at)
                    + o.run_seconds_per_unit * greatest(0, d.quantity - g.finished)) > 60 * s.deviation_minutes)) AS "Value"
        """).SingleAsync(ct);
}
