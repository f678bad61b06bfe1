using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Production;

static class ShowWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/work/{id:guid}", Handle).Named("showWork", "Show work that was begun")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<WorkView> Handle(
        Guid id, WorkStore works, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        var work = await works.Find(null, id, ct);
        return (await WorkView.For([work], db, clock.GetUtcNow(), ct))(work);
    }
}
