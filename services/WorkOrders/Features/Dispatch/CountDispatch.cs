using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Dispatch;

/// <summary>How much waits at a piece of equipment.</summary>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="Ready">Cards that can be worked on now.</param>
/// <param name="Waiting">Cards that wait for something.</param>
public sealed record DispatchCount(string Equipment, int Ready, int Waiting);

static class CountDispatchEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/dispatch/counts", Handle).Named("countDispatch", "Count the work that waits at each piece of equipment")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of the codes of the equipment; what has no work is left out.</summary>
    static async Task<Page<DispatchCount>> Handle(
        [AsParameters] PageRequest page, ServiceDatabase<WorkOrdersDb> database, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<DispatchCount>(new CommandDefinition(
            Sql,
            new { @operator = (string?)null, at = clock.GetUtcNow(), after = page.After ?? "", limit = page.Size + 1 },
            cancellationToken: ct));
        return Page.Of(rows.AsList(), page.Size, count => count.Equipment);
    }

    // The statement of one unit's cards, of all units at once
    static readonly string Sql = $"""
        SELECT equipment, count(*) FILTER (WHERE NOT waits)::int AS ready, count(*) FILTER (WHERE waits)::int AS waiting
        FROM (
            SELECT c.unit AS equipment, {ReadinessSql.Waits} AS waits
            FROM (
                SELECT u.unit, {ReadinessSql.ColumnsAt("u.unit")}
                {ReadinessSql.From}
                LEFT JOIN planned_operation l ON l.operation_id = o.id
                CROSS JOIN LATERAL unnest(o.equipment) AS u (unit)
                WHERE o.status <> 'Done' AND (l.equipment IS NULL OR l.equipment = u.unit) AND u.unit > @after) c) w
        GROUP BY equipment ORDER BY equipment LIMIT @limit
        """;
}
