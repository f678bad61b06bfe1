using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Planning;

static class ListUnplannedOperationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans/{id:guid}/unplanned", Handle)
            .Named("listUnplannedOperations", "List what a plan could not place, and why")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>The steps that a plan leaves out because they cannot be planned, each with its order's number, the reason, a way
    /// out, and the steps that wait for it; in the order in which they were found.</summary>
    static async Task<Page<UnplannedStep>> Handle(
        Guid id, [AsParameters] OfOrder of, PlanStore plans, ServiceDatabase<SchedulingDb> database,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        await plans.Require(id, ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return Page.Counted(await PlanLists.Unplanned(connection, id, of, page, ct), page);
    }
}
