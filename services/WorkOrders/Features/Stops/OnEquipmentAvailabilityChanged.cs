using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Stops;

/// <summary>Keeps which equipment is down: the dispatch list shows it, reports on it become discrepancies.</summary>
sealed class OnEquipmentAvailabilityChanged(WorkOrdersDb db, StopBook stops) : IConsume<EquipmentAvailabilityChanged>
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
