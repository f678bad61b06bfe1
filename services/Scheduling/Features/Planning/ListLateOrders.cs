using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Planning;

static class ListLateOrdersEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans/{id:guid}/late-orders", Handle)
            .Named("listLateOrders", "List the orders that a plan finishes late")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>The orders that end late by a plan when it was made, the latest first, each with the chain of operations that
    /// makes it late.</summary>
    static async Task<Page<LateOrder>> Handle(
        Guid id, PlanStore plans, ServiceDatabase<SchedulingDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await plans.Require(id, ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return Page.Counted(await PlanLists.Late(connection, id, page, ct), page);
    }
}
