using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Demand;

/// <summary>
/// Keeps the work that operators have begun: it stays where it is and began when it did. Work that begins elsewhere than planned,
/// or further from its planned start than the plant tolerates, is an event.
/// </summary>
sealed class OnWorkChanged(SchedulingDb db, PlanningEvents events) : IConsume<WorkChanged>
{
    public async Task Consume(WorkChanged message, CancellationToken ct)
    {
        var isOver = message.State == WorkState.Ended;
        // SQL: one statement: of two consumers the one with the older state must not win
        // Not audited: a copy of the work of WorkOrders
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO work (work_id, version, operation_id, equipment, started_at, is_over)
            VALUES ({message.WorkId}, {message.Version}, {message.OperationId}, {message.Equipment}, {message.StartedAt},
                {isOver})
            ON CONFLICT (work_id) DO UPDATE SET version = excluded.version, is_over = excluded.is_over
                WHERE work.version < excluded.version
            """, ct) > 0;
        if (!isNewer)
        {
            return;
        }
        await db.NoteChange(ct);
        if (!isOver && await HasLeftThePlan(message, ct))
        {
            await events.Note(PlanningEvents.Progress, message.OrderNumber, ct);
        }
    }

    async Task<bool> HasLeftThePlan(WorkChanged message, CancellationToken ct) => (await db.Read<bool>(
        """
        SELECT p.equipment <> @Equipment
            OR abs(extract(epoch FROM @StartedAt - p.setup_starts_at)) > 60 * s.deviation_minutes
        FROM plan_operation p CROSS JOIN planning_settings s
        WHERE p.operation_id = @OperationId
          AND p.plan_id = (SELECT id FROM plan WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1)
        """, new { message.OperationId, message.Equipment, StartedAt = message.StartedAt.UtcDateTime }, ct)).Contains(true);
}
