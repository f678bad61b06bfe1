using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Stops;

/// <summary>Keeps which equipment is down: the dispatch list shows it, reports on it become discrepancies.</summary>
sealed class OnEquipmentAvailabilityChanged(WorkOrdersDb db, StopJudge stops) : IConsume<EquipmentAvailabilityChanged>
{
    public async Task Consume(EquipmentAvailabilityChanged message, CancellationToken ct)
    {
        await stops.Hold(message.Equipment, ct);
        var known = (await db.Database.SqlQuery<Known>(
            $"""
            SELECT is_down AS "IsDown", since AS "Since", reason AS "Reason"
            FROM equipment_availability WHERE equipment = {message.Equipment}
            """).ToListAsync(ct)).SingleOrDefault();
        // SQL: inserted, or changed where newer, in one statement: two states of one thing may arrive together
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment_availability (equipment, is_down, since, reason, version)
            VALUES ({message.Equipment}, {message.IsDown}, {message.Since}, {message.Reason}, {message.Version})
            ON CONFLICT (equipment) DO UPDATE SET is_down = excluded.is_down, since = excluded.since,
                reason = excluded.reason, version = excluded.version
                WHERE equipment_availability.version < excluded.version
            """, ct) > 0;
        if (!isNewer)
        {
            return;
        }
        db.Audit("equipment_availability", message.Equipment, known,
            new Known(message.IsDown, message.Since, message.Reason));
        // While it ran, nothing that was reported depends on since when it did
        var downSince = known is { IsDown: true } ? known.Since : (DateTimeOffset?)null;
        await stops.Judge(message.Equipment, StopJudge.Earlier(downSince, message.Since), null, ct);
    }

    sealed record Known(bool IsDown, DateTimeOffset Since, string? Reason);
}
