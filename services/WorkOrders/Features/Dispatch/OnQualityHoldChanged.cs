using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Dispatch;

/// <summary>
/// Keeps Quality's holds: a blocked operation takes no report until its release, and a hold on an order blocks each of its
/// operations. A hold on a lot is Inventory's matter.
/// </summary>
sealed class OnQualityHoldChanged(WorkOrdersDb db, TimeProvider clock) : IConsume<QualityHoldChanged>
{
    public async Task Consume(QualityHoldChanged message, CancellationToken ct)
    {
        // SQL: a hold on an order is a row for each of its operations, put in or changed where newer
        var changed = await db.Database.SqlQuery<Changed>(
            $"""
            INSERT INTO quality_hold (id, version, is_active, order_id, operation_id, reason, known_at)
            SELECT CASE WHEN {message.BlockedOperationId}::uuid IS NULL
                       THEN md5(concat({message.HoldId}, o.id))::uuid ELSE {message.HoldId} END,
                   {message.Version}, {message.IsActive}, o.order_id, o.id, {message.Reason}, {clock.GetUtcNow()}
            FROM operation o WHERE o.id = {message.BlockedOperationId}::uuid OR ({message.BlockedOperationId}::uuid IS NULL
                AND {message.Lot}::text IS NULL AND o.order_id = {message.OrderId}::uuid)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, is_active = excluded.is_active, reason = excluded.reason
                WHERE quality_hold.version < excluded.version
            RETURNING new.operation_id AS "OperationId", old.is_active AS "WasActive", old.reason AS "OldReason"
            """).ToListAsync(ct);
        // Quality's trail does not tell since when an operation took no report here
        foreach (var (operation, wasActive, oldReason) in changed)
        {
            db.Audit("quality_hold", new { message.HoldId, OperationId = operation },
                wasActive is null ? null : new { IsActive = wasActive, Reason = oldReason },
                new { message.IsActive, message.Reason });
        }
    }

    sealed record Changed(Guid OperationId, bool? WasActive, string? OldReason);
}
