using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

static class ShowResourceEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/resources/{code}", Handle).Named("showResource", "Show a resource")
            .RequireAuthorization(Permissions.ReadScheduling);

    // by EF: the view is the mapped row
    static async Task<ResourceView> Handle(Code code, SchedulingDb db, CancellationToken ct) =>
        await db.Resources.AsNoTracking().Where(resource => resource.Code == code).Select(resource => ResourceView.Of(resource))
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("resource", code);
}
