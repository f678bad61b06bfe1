using Dapper;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Planning;

/// <summary>A planned operation and what it waits for.</summary>
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
    /// <summary>Equipment code.</summary>
    public required string Equipment { get; init; }
    /// <summary>Start of its setup, UTC.</summary>
    public required DateTime SetupStartsAt { get; init; }
    /// <summary>Start of the run, UTC.</summary>
    public required DateTime StartsAt { get; init; }
    /// <summary>End of the run, UTC.</summary>
    public required DateTime EndsAt { get; init; }
    /// <summary>Why it does not start earlier.</summary>
    public required string WaitsFor { get; init; }
    /// <summary>The operation, resource or equipment that it waits for, or null.</summary>
    public required string? WaitsOn { get; init; }
    /// <summary>Whether the planner has pinned it.</summary>
    public required bool IsLocked { get; init; }
}

static class ListPlannedOperationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans/{id:guid}/operations", Handle)
            .Named("listPlannedOperations", "List the operations of a plan")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of the ids of the operations.</summary>
    static async Task<Page<PlanLine>> Handle(
        Guid id, Code? equipment, Guid? operationId, [AsParameters] OfOrder of, PlanStore plans,
        ServiceDatabase<SchedulingDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await plans.Require(id, ct);
        var after = page.AfterId();
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = (await connection.QueryAsync<PlanLine>(new CommandDefinition(
            """
            SELECT p.operation_id, p.order_id, d.number AS "order", o.code AS operation, p.equipment, p.setup_starts_at,
                   p.starts_at, p.ends_at, p.waits_for, p.waits_on, l.operation_id IS NOT NULL AS is_locked
            FROM plan_operation p LEFT JOIN demand_operation o USING (operation_id)
            LEFT JOIN demand_order d ON d.order_id = p.order_id LEFT JOIN operation_lock l USING (operation_id)
            WHERE p.plan_id = @id AND (@equipment::text IS NULL OR p.equipment = @equipment)
              AND (@Order::text IS NULL OR d.number = @Order) AND (@OrderId::uuid IS NULL OR p.order_id = @OrderId)
              AND (@operationId::uuid IS NULL OR p.operation_id = @operationId) AND p.operation_id > @after
            ORDER BY p.operation_id LIMIT @limit
            """,
            new { id, equipment, of.Order, of.OrderId, operationId, after, limit = page.Size + 1 }, cancellationToken: ct)))
            .AsList();
        return Page.Of(rows, page.Size, row => row.OperationId.ToString());
    }
}
