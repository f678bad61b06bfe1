using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features;

/// <summary>Keeps the demand: each order as it last changed.</summary>
sealed class TakeDemand(SchedulingDb db) : IConsume<WorkOrderChanged>
{
    public async Task Consume(WorkOrderChanged message, CancellationToken ct)
    {
        var isNewer = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO demand_order (order_id, number, version, status, quantity, priority, release_at, due_at)
            VALUES ({message.OrderId}, {message.Number}, {message.Version}, {message.Status.ToString()}, {message.Quantity},
                    {message.Priority}, {message.ReleaseAt}, {message.DueAt})
            ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, status = excluded.status, quantity = excluded.quantity,
                priority = excluded.priority, release_at = excluded.release_at, due_at = excluded.due_at
                WHERE demand_order.version < excluded.version
            """, ct) > 0;
        if (!isNewer)
        {
            return;
        }
        var operations = System.Text.Json.JsonSerializer.Serialize(message.Operations, MessageJson.Options);
        await db.Database.ExecuteSqlAsync($"DELETE FROM demand_operation WHERE order_id = {message.OrderId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO demand_operation
                (operation_id, order_id, sequence, code, equipment, setup_family, setup_seconds, run_seconds_per_unit, is_done)
            SELECT "operationId", {message.OrderId}, sequence, code, equipment, "setupFamily", "setupSeconds", "runSecondsPerUnit", "isDone"
            FROM jsonb_to_recordset({operations}::jsonb) AS o("operationId" uuid, sequence int, code text, equipment text[],
                "setupFamily" text, "setupSeconds" numeric, "runSecondsPerUnit" numeric, "isDone" boolean)
            """, ct);
        await db.NoteChange(ct);
    }
}

/// <summary>Keeps what was finished on each operation.</summary>
sealed class TrackProgress(SchedulingDb db) : IConsume<ProductionReported>
{
    public Task Consume(ProductionReported message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO progress (operation_id, finished, reports) VALUES ({message.OperationId}, {message.Good + message.Scrap}, 1)
        ON CONFLICT (operation_id) DO UPDATE SET finished = progress.finished + excluded.finished, reports = progress.reports + 1
        """, ct);
}

/// <summary>Keeps the equipment that Equipment defines.</summary>
sealed class KnowEquipment(SchedulingDb db) : IConsume<EquipmentChanged>
{
    public Task Consume(EquipmentChanged message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO equipment (code, name, kind, version)
        VALUES ({message.Code}, {message.Name}, {message.Kind.ToString()}, {message.Version})
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, version = excluded.version
            WHERE equipment.version < excluded.version
        """, ct);
}

/// <summary>Keeps which equipment is down.</summary>
sealed class HeedDowntime(SchedulingDb db) : IConsume<EquipmentAvailabilityChanged>
{
    public async Task Consume(EquipmentAvailabilityChanged message, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO equipment_availability (equipment, is_down, expected_up_at, version)
            VALUES ({message.Equipment}, {message.IsDown}, {message.ExpectedUpAt}, {message.Version})
            ON CONFLICT (equipment) DO UPDATE SET is_down = excluded.is_down, expected_up_at = excluded.expected_up_at,
                version = excluded.version WHERE equipment_availability.version < excluded.version
            """, ct);
        await db.NoteChange(ct);
    }
}

/// <summary>Keeps which orders lack components: they are planned last, for nobody knows when they can start.</summary>
sealed class HeedShortages(SchedulingDb db) : IConsume<MaterialAvailabilityChanged>
{
    public async Task Consume(MaterialAvailabilityChanged message, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO shortage (order_id, version, is_short) VALUES ({message.OrderId}, {message.Version}, {message.Shortages.Count > 0})
            ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, is_short = excluded.is_short
                WHERE shortage.version < excluded.version
            """, ct);
        await db.NoteChange(ct);
    }
}

static class DemandChanges
{
    /// <summary>Notes that the plan may be out of date; the next incremental run looks at it.</summary>
    public static Task NoteChange(this SchedulingDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT nextval('demand_change')", ct);
}
