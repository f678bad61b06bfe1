using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Demand;

/// <summary>Keeps Quality's holds: a blocked operation is not planned soon, and a hold on an order blocks each of its
/// operations. A hold on a lot is Inventory's matter. A hold and its release are events.</summary>
sealed class OnQualityHoldChanged(SchedulingDb db, PlanningEvents events) : IConsume<QualityHoldChanged>
{
    public async Task Consume(QualityHoldChanged message, CancellationToken ct)
    {
        var order = message is { BlockedOperationId: null, Lot: null } ? message.OrderId : null;
        if ((message.BlockedOperationId ?? order) is not { } subject) return;
        // SQL: one statement: of two consumers the one with the older state must not win
        // Not audited: a copy of what Quality tells
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO quality_hold (id, version, is_active, operation_id, order_id)
            VALUES ({message.HoldId}, {message.Version}, {message.IsActive}, {message.BlockedOperationId}, {order})
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, is_active = excluded.is_active
                WHERE quality_hold.version < excluded.version
            """, ct) > 0;
        if (isNewer)
        {
            await db.NoteChange(ct);
            await events.Note(PlanningEvents.QualityHold, subject.ToString(), ct);
        }
    }
}
