using Dapper;
using Mes.Scheduling.Data;
using Npgsql;

namespace Mes.Scheduling.Features.Planning;

/// <summary>A planned operation, what it waits for and what is known of it now.</summary>
public sealed record PlanLine
{
    /// <summary>The operation.</summary>
    public required Guid OperationId { get; init; }
    /// <summary>Its order.</summary>
    public required Guid OrderId { get; init; }
    /// <summary>The order's number.</summary>
    public required string? Order { get; init; }
    /// <summary>The operation's short name.</summary>
    public required string? Operation { get; init; }
    /// <summary>Code of the product it makes.</summary>
    public required string? Product { get; init; }
    /// <summary>Equipment code.</summary>
    public required string Equipment { get; init; }
    /// <summary>Codes of the equipment that can do it.</summary>
    public required string[] AllowedEquipment { get; init; }
    /// <summary>Start of its setup, UTC.</summary>
    public required DateTime SetupStartsAt { get; init; }
    /// <summary>Start of the run, UTC.</summary>
    public required DateTime StartsAt { get; init; }
    /// <summary>End of the run, UTC.</summary>
    public required DateTime EndsAt { get; init; }
    /// <summary>When its order is due, UTC, or null.</summary>
    public required DateTime? DueAt { get; init; }
    /// <summary>The order's priority: 0 normal, 100 and above rush.</summary>
    public required int Priority { get; init; }
    /// <summary>Family for sequence-dependent setups, or null.</summary>
    public required string? SetupFamily { get; init; }
    /// <summary>The order's quantity.</summary>
    public required decimal Quantity { get; init; }
    /// <summary>How much of it this operation has finished.</summary>
    public required decimal Finished { get; init; }
    /// <summary>Why it does not start earlier.</summary>
    public required string WaitsFor { get; init; }
    /// <summary>The operation, resource or equipment that it waits for, or null.</summary>
    public required string? WaitsOn { get; init; }
    /// <summary>Whether the planner has pinned it.</summary>
    public required bool IsLocked { get; init; }
    /// <summary>Whether the draft has pinned it: its owner may still move it.</summary>
    public required bool IsLockedByDraft { get; init; }
    /// <summary>Whether somebody works on it now.</summary>
    public required bool IsRunning { get; init; }
    /// <summary>Whether Quality blocks it.</summary>
    public required bool IsHeld { get; init; }
    /// <summary>Whether components of its order are missing.</summary>
    public required bool IsShort { get; init; }
    /// <summary>Whether the plan ends its order after the due date.</summary>
    public required bool IsLate { get; init; }
}

/// <summary>Reads planned operations with what is known of them now.</summary>
static class PlanLines
{
    /// <summary>Those of one plan that a query of <c>plan_operation</c> names, in the order of their starts.</summary>
    public static async Task<List<PlanLine>> Read(
        NpgsqlConnection connection, string rows, object values, DraftPins pins, CancellationToken ct) =>
        [.. (await connection.QueryAsync<PlanLine>(new CommandDefinition(
            $"""
            SELECT p.operation_id, p.order_id, d.number AS "order", o.code AS operation, d.product, p.equipment,
                   coalesce(o.equipment, ARRAY[]::text[]) AS allowed_equipment, p.setup_starts_at, p.starts_at, p.ends_at,
                   d.due_at, coalesce(d.priority, 0) AS priority, o.setup_family, coalesce(d.quantity, 0) AS quantity,
                   least(coalesce(g.finished, 0), d.quantity) AS finished, p.waits_for, p.waits_on,
                   l.operation_id IS NOT NULL AS is_locked,
                   EXISTS (SELECT FROM work w WHERE w.operation_id = p.operation_id AND NOT w.is_over) AS is_running,
                   EXISTS (SELECT FROM quality_hold h WHERE h.operation_id = p.operation_id AND h.is_active)
                       OR EXISTS (SELECT FROM quality_hold h WHERE h.order_id = p.order_id AND h.is_active) AS is_held,
                   coalesce(s.is_short, false) AS is_short, x.order_id IS NOT NULL AS is_late
            FROM ({rows}) p LEFT JOIN demand_operation o USING (operation_id)
            LEFT JOIN demand_order d ON d.order_id = p.order_id LEFT JOIN progress g USING (operation_id)
            LEFT JOIN operation_lock l USING (operation_id) LEFT JOIN shortage s ON s.order_id = p.order_id
            LEFT JOIN plan_late_order x ON x.plan_id = p.plan_id AND x.order_id = p.order_id
            ORDER BY p.setup_starts_at, p.operation_id
            """, values, cancellationToken: ct)))
            .Select(line => pins.IsPinned(line.OperationId) is { } isPinned
                ? line with { IsLocked = isPinned, IsLockedByDraft = isPinned } : line)];
}
