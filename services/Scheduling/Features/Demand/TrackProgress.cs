using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features;

/// <summary>Keeps what was finished on each operation and what runs where. Work that leaves the plan is an event.</summary>
sealed class TrackProgress(SchedulingDb db, PlanningEvents events, TimeProvider clock) : IConsume<ProductionReported>
{
    public async Task Consume(ProductionReported message, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO progress (operation_id, finished, reports, equipment, started_at, ended_at)
            VALUES ({message.OperationId}, {message.Good + message.Scrap}, 1, {message.Equipment}, {message.StartedAt},
            {message.EndedAt})
            ON CONFLICT (operation_id) DO UPDATE SET finished = progress.finished + excluded.finished, reports =
            progress.reports + 1,
            equipment = CASE WHEN progress.ended_at > excluded.ended_at THEN progress.equipment ELSE excluded.equipment END,
            started_at = least(progress.started_at, excluded.started_at), ended_at = greatest(progress.ended_at,
                excluded.ended_at)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment_last (equipment, operation_id, ended_at)
            VALUES ({message.Equipment}, {message.OperationId}, {message.EndedAt})
            ON CONFLICT (equipment) DO UPDATE SET operation_id = excluded.operation_id, ended_at = excluded.ended_at
                WHERE equipment_last.ended_at <= excluded.ended_at
            """, ct);
        // what was reported long after the fact changes nothing that lies ahead
        if (message.EndedAt > clock.GetUtcNow().AddHours(-PlanningInput.RunningHours) && await HasLeftThePlan(message, ct))
        {
            await events.Note(PlanningEvents.Progress, message.OrderNumber, ct);
        }
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
