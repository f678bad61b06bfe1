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
        await plans.Require(since, ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var changed = await Changed(connection, id, since, page, ct);
        var lines = (await PlanLines.Read(connection,
            "SELECT * FROM plan_operation WHERE plan_id = @id AND operation_id = ANY(@changed)", new { id, changed }, pins, ct))
            .ToDictionary(line => line.OperationId);
        return Page.Of([.. changed.Select(operation => new PlanDelta(operation, lines.GetValueOrDefault(operation)))], page.Size,
            delta => delta.OperationId.ToString());
    }

    static async Task<List<Guid>> Changed(
        NpgsqlConnection connection, Guid id, Guid since, PageRequest page, CancellationToken ct) =>
        [.. await connection.QueryAsync<Guid>(new CommandDefinition(
            """
            SELECT operation_id FROM (SELECT * FROM plan_operation WHERE plan_id = @id) now
            FULL JOIN (SELECT * FROM plan_operation WHERE plan_id = @since) before USING (operation_id)
            WHERE operation_id > @after
              AND (now.equipment, now.setup_starts_at, now.starts_at, now.ends_at, now.waits_for, now.waits_on) IS DISTINCT FROM
                (before.equipment, before.setup_starts_at, before.starts_at, before.ends_at, before.waits_for, before.waits_on)
            ORDER BY operation_id LIMIT @limit
            """, new { id, since, after = page.AfterId(), limit = page.Size + 1 }, cancellationToken: ct))];
}
