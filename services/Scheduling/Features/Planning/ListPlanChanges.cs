using Dapper;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Npgsql;

namespace Mes.Scheduling.Features.Planning;

/// <summary>An operation that a plan has otherwise than another plan.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Line">How the plan has it; null where it does not.</param>
public sealed record PlanDelta(Guid OperationId, PlanLine? Line);

/// <summary>What to change in a picture of one plan to see another: who shows a plan need not read all of the next one.</summary>
static class ListPlanChangesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans/{id:guid}/changes", Handle)
            .Named("listPlanChanges", "List what a plan has otherwise than another")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of the ids of the operations. Where the plan that is known is kept no more, it is 404: then read
    /// the whole plan.</summary>
    static async Task<Page<PlanDelta>> Handle(
        Guid id, Guid since, PlanStore plans, DraftStore drafts, ServiceDatabase<SchedulingDb> database,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var pins = await drafts.Pins(await plans.Require(id, ct), ct);
        var pinned = pins.Difference(await drafts.Pins(await plans.Require(since, ct), ct));
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var changed = await Changed(connection, (id, since), pinned, page, ct);
        var lines = (await PlanLines.Read(connection,
            "SELECT * FROM plan_operation WHERE plan_id = @id AND operation_id = ANY(@changed)", new { id, changed }, pins, ct))
            .ToDictionary(line => line.OperationId);
        return Page.Of([.. changed.Select(operation => new PlanDelta(operation, lines.GetValueOrDefault(operation)))], page.Size,
            delta => delta.OperationId.ToString());
    }

    static async Task<List<Guid>> Changed(
        NpgsqlConnection connection, (Guid Now, Guid Before) plans, Guid[] pinned, PageRequest page, CancellationToken ct) =>
        [.. await connection.QueryAsync<Guid>(new CommandDefinition(
            """
            WITH line AS (
                SELECT p.plan_id, operation_id, ROW(equipment, setup_starts_at, starts_at, p.ends_at, waits_for, waits_on,
                    x.order_id IS NOT NULL) AS place
                FROM plan_operation p LEFT JOIN plan_late_order x ON x.plan_id = p.plan_id AND x.order_id = p.order_id
                WHERE p.plan_id IN (@Now, @Before))
            SELECT operation_id FROM (SELECT * FROM line WHERE plan_id = @Now) now
            FULL JOIN (SELECT * FROM line WHERE plan_id = @Before) before USING (operation_id)
            WHERE operation_id > @after AND (operation_id = ANY(@pinned) OR now.place IS DISTINCT FROM before.place)
            ORDER BY operation_id LIMIT @limit
            """, new { plans.Now, plans.Before, pinned, after = page.AfterId(), limit = page.Size + 1 }, cancellationToken: ct))];
}
