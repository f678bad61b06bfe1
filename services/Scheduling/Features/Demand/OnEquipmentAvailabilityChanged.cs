using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Demand;

/// <summary>Keeps which equipment is down. A breakdown and its end are events.</summary>
sealed class OnEquipmentAvailabilityChanged(SchedulingDb db, PlanningEvents events) : IConsume<EquipmentAvailabilityChanged>
{
    public async Task Consume(EquipmentAvailabilityChanged message, CancellationToken ct)
    {
        // SQL: one statement: of two consumers the one with the older state must not win
        // Not audited: a copy of what Equipment tells
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment_availability (equipment, is_down, expected_up_at, version)
            VALUES ({message.Equipment}, {message.IsDown}, {message.ExpectedUpAt}, {message.Version})
            ON CONFLICT (equipment) DO UPDATE SET is_down = excluded.is_down, expected_up_at = excluded.expected_up_at,
            version = excluded.version WHERE equipment_availability.version < excluded.version
            """, ct) > 0;
        if (isNewer)
        {
            await db.NoteChange(ct);
            await events.Note(PlanningEvents.Breakdown, message.Equipment, ct);
        }
    }
}
