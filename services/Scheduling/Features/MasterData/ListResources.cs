using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

static class ListResourcesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/resources", Handle).Named("listResources", "List the resources")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<ResourceView>> Handle(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        // by EF: the view is the mapped row
        var rows = await db.Resources.AsNoTracking().Where(resource => string.Compare(resource.Code, after) > 0)
            .OrderBy(resource => resource.Code).Take(page.Size + 1)
            .Select(resource => ResourceView.Of(resource)).ToListAsync(ct);
        return Page.Of(rows, page.Size, resource => resource.Code);
    }
}
