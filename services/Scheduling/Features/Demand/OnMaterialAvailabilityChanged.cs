using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Demand;

/// <summary>Keeps which orders lack components, and until when. Material that becomes late is an event.</summary>
sealed class OnMaterialAvailabilityChanged(SchedulingDb db, PlanningEvents events) : IConsume<MaterialAvailabilityChanged>
{
    public async Task Consume(MaterialAvailabilityChanged message, CancellationToken ct)
    {
        var isShort = message.Shortages.Count > 0;
        // an order waits for the last of its components, and where one is unknown nobody knows
        var expectedAt = message.Shortages.Any(shortage => shortage.ExpectedAt is null)
            ? null : message.Shortages.Max(shortage => shortage.ExpectedAt);
        // SQL: one statement: of two consumers the one with the older state must not win
        // Not audited: a copy of what Inventory tells
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO shortage (order_id, version, is_short, expected_at)
            VALUES ({message.OrderId}, {message.Version}, {isShort}, {expectedAt})
            ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, is_short = excluded.is_short, expected_at =
            excluded.expected_at
                WHERE shortage.version < excluded.version
            """, ct) > 0;
        if (isNewer)
        {
            await db.NoteChange(ct);
            if (isShort)
            {
                await events.Note(PlanningEvents.LateMaterial, message.OrderId.ToString(), ct);
            }
        }
    }
}
