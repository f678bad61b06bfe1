using Dapper;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Adherence;

/// <summary>A time in which equipment worked on an operation: that of a report, or of work that is under way.</summary>
public sealed record WorkedTime
{
    /// <summary>Equipment code.</summary>
    public required string Equipment { get; init; }
    /// <summary>The operation.</summary>
    public required Guid OperationId { get; init; }
    /// <summary>Its order.</summary>
    public required Guid? OrderId { get; init; }
    /// <summary>The order's number.</summary>
    public required string? Order { get; init; }
    /// <summary>The operation's short name.</summary>
    public required string? Operation { get; init; }
    /// <summary>Code of the product it makes.</summary>
    public required string? Product { get; init; }
    /// <summary>Family for sequence-dependent setups, or null.</summary>
    public required string? SetupFamily { get; init; }
    /// <summary>Its start, UTC.</summary>
    public required DateTime StartsAt { get; init; }
    /// <summary>Its end, UTC; null while it is under way.</summary>
    public required DateTime? EndsAt { get; init; }
}

static class ListWorkedTimesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/adherence/work", Handle).Named("listWorkedTimes", "List when equipment worked on what")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>Of the last 24 hours unless told, in the order of their starts.</summary>
    static async Task<Page<WorkedTime>> Handle(
        Code? equipment, [AsParameters] TimeWindow window, ServiceDatabase<SchedulingDb> database, TimeProvider clock,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var (from, to) = window.At(clock.GetUtcNow());
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<WorkedTime>(new CommandDefinition(
            """
            SELECT t.equipment, t.operation_id, o.order_id, d.number AS "order", o.code AS operation, d.product, o.setup_family,
                   t.started_at AS starts_at, t.ended_at AS ends_at
            FROM (
                SELECT report_id AS id, equipment, operation_id, started_at, ended_at FROM work_report
                WHERE NOT is_undone AND operation_id IS NOT NULL AND ended_at > @from AND started_at < @to
                UNION ALL
                SELECT work_id, equipment, operation_id, started_at, NULL FROM work WHERE NOT is_over AND started_at < @to) t
            LEFT JOIN demand_operation o USING (operation_id) LEFT JOIN demand_order d USING (order_id)
            WHERE @equipment::text IS NULL OR t.equipment = @equipment
            ORDER BY t.started_at, t.id LIMIT @limit OFFSET @after
            """,
            new
            {
                equipment, from = from.UtcDateTime, to = to.UtcDateTime, limit = page.Size + 1, after = page.AfterNumber()
            }, cancellationToken: ct));
        return Page.Counted<WorkedTime>([.. rows], page);
    }
}
