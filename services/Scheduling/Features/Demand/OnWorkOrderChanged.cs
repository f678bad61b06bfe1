using System.Text.Json;
using Mes.Contracts;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Demand;

/// <summary>Keeps the demand: each order as it last changed. A rush order, one that wants other
/// than before, and one that the floor stops, is an event.</summary>
sealed class OnWorkOrderChanged(SchedulingDb db, PlanningEvents events) : IConsume<WorkOrderChanged>
{
    public async Task Consume(WorkOrderChanged message, CancellationToken ct)
    {
        var before = (await db.Read<Known>(
            """
            SELECT status, priority, quantity, release_at, due_at FROM demand_order WHERE order_id = @OrderId FOR UPDATE
            """, new { message.OrderId }, ct)).SingleOrDefault();
        if (!await Keep(message, ct))
        {
            return;
        }
        // SQL: the operations go as they came, as one JSON
        var operations = JsonSerializer.Serialize(message.Operations, MessageJson.Options);
        // Not audited: a copy of the order of WorkOrders
        await db.Database.ExecuteSqlAsync($"DELETE FROM demand_operation WHERE order_id = {message.OrderId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO demand_operation (operation_id, order_id, sequence, code, equipment, setup_family, setup_seconds,
                run_seconds_per_unit, is_done, alternatives, resources, links, is_splittable)
            SELECT "operationId", {message.OrderId}, sequence, code, equipment, "setupFamily", "setupSeconds",
            "runSecondsPerUnit", "isDone",
                   nullif(alternatives, 'null'), nullif(resources, 'null'), nullif(links, 'null'), coalesce("isSplittable", true)
            FROM jsonb_to_recordset({operations}::jsonb) AS o("operationId" uuid, sequence int, code text, equipment text[],
                "setupFamily" text, "setupSeconds" numeric, "runSecondsPerUnit" numeric, "isDone" boolean,
                alternatives jsonb, resources jsonb, links jsonb, "isSplittable" boolean)
            """, ct);
        await db.NoteChange(ct);
        if (EventOf(message, before) is { } kind)
        {
            await events.Note(kind, message.Number, ct);
        }
    }

    // one statement: of two consumers the one with the older state must not win
    // Not audited: a copy of the order of WorkOrders
    async Task<bool> Keep(WorkOrderChanged message, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO demand_order (order_id, number, version, status, product, quantity, priority, release_at, due_at)
        VALUES ({message.OrderId}, {message.Number}, {message.Version}, {message.Status.ToString()}, {message.Product},
        {message.Quantity},
                {message.Priority}, {message.ReleaseAt}, {message.DueAt})
        ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, status = excluded.status, product = excluded.product,
        quantity = excluded.quantity, priority = excluded.priority, release_at = excluded.release_at, due_at = excluded.due_at
            WHERE demand_order.version < excluded.version
        """, ct) > 0;

    static string? EventOf(WorkOrderChanged message, Known? before)
    {
        var (isOpen, wasOpen) = (message.Status == WorkOrderStatus.Released, before?.Status == nameof(WorkOrderStatus.Released));
        if (isOpen && message.Priority >= DemandOrder.RushPriority
            && !(wasOpen && before!.Priority >= DemandOrder.RushPriority))
        {
            return PlanningEvents.RushOrder;
        }
        if (isOpen && wasOpen)
        {
            return before!.IsAs(message) ? null : PlanningEvents.OrderChanged;
        }
        return wasOpen && !isOpen && message.Status is WorkOrderStatus.OnHold or WorkOrderStatus.Cancelled
            ? PlanningEvents.OrderStopped : null;
    }

    sealed class Known
    {
        public string Status { get; init; } = "";
        public int Priority { get; init; }
        public decimal Quantity { get; init; }
        public DateTime? ReleaseAt { get; init; }
        public DateTime? DueAt { get; init; }

        /// <summary>Whether an order wants the same as before: as much, as soon, as urgently.</summary>
        public bool IsAs(WorkOrderChanged message) => Priority == message.Priority && Quantity == message.Quantity
            && ReleaseAt == Stored(message.ReleaseAt) && DueAt == Stored(message.DueAt);

        /// <summary>As the database keeps it: in microseconds.</summary>
        static DateTime? Stored(DateTimeOffset? at) => at is { } time
            ? new DateTime(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc) : null;
    }
}
