using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features;

/// <summary>
/// Keeps the equipment that Equipment defines. What is retired gets no new work: that, and its return, are events. What is
/// new may have been named before, so that the plan warns of it.
/// </summary>
sealed class KnowEquipment(SchedulingDb db, PlanningEvents events) : IConsume<EquipmentChanged>
{
    public async Task Consume(EquipmentChanged message, CancellationToken ct)
    {
        var retiredAt = await db.Database.SqlQuery<DateTimeOffset?>(
            $"SELECT retired_at AS \"Value\" FROM equipment WHERE code = {message.Code} FOR UPDATE").ToListAsync(ct);
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment (code, name, kind, version, retired_at)
            VALUES ({message.Code}, {message.Name}, {message.Kind.ToString()}, {message.Version}, {message.RetiredAt})
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, version = excluded.version,
                retired_at = excluded.retired_at WHERE equipment.version < excluded.version
            """, ct) > 0;
        var isRetiredOrBack = isNewer && retiredAt.SingleOrDefault() is null != message.RetiredAt is null;
        if (isRetiredOrBack || retiredAt.Count == 0)
        {
            await db.NoteChange(ct);
        }
        if (isRetiredOrBack)
        {
            await events.Note(PlanningEvents.Breakdown, message.Code, ct);
        }
    }
}

/// <summary>Keeps which equipment is down. A breakdown and its end are events.</summary>
sealed class HeedDowntime(SchedulingDb db, PlanningEvents events) : IConsume<EquipmentAvailabilityChanged>
{
    public async Task Consume(EquipmentAvailabilityChanged message, CancellationToken ct)
    {
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

/// <summary>Keeps Quality's holds: a blocked operation is not planned soon, and a hold on an order blocks each of its
/// operations. A hold on a lot is Inventory's matter. A hold and its release are events.</summary>
sealed class HeedHold(SchedulingDb db, PlanningEvents events) : IConsume<QualityHoldChanged>
{
    public async Task Consume(QualityHoldChanged message, CancellationToken ct)
    {
        var order = message is { BlockedOperationId: null, Lot: null } ? message.OrderId : null;
        if ((message.BlockedOperationId ?? order) is not { } subject) return;
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

/// <summary>Keeps which orders lack components, and until when. Material that becomes late is an event.</summary>
sealed class HeedShortages(SchedulingDb db, PlanningEvents events) : IConsume<MaterialAvailabilityChanged>
{
    public async Task Consume(MaterialAvailabilityChanged message, CancellationToken ct)
    {
        var isShort = message.Shortages.Count > 0;
        // an order waits for the last of its components, and where one is unknown nobody knows
        var expectedAt = message.Shortages.Any(shortage => shortage.ExpectedAt is null)
            ? null : message.Shortages.Max(shortage => shortage.ExpectedAt);
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

/// <summary>Keeps the routings: what a product not yet ordered would need.</summary>
sealed class KnowRouting(SchedulingDb db) : IConsume<RoutingDefined>
{
    public Task Consume(RoutingDefined message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO routing (product, code, revision, operations)
        VALUES ({message.Product}, {message.Code}, {message.Revision}, {MessageJson.Write(message.Operations)}::jsonb)
        ON CONFLICT DO NOTHING
        """, ct);
}
