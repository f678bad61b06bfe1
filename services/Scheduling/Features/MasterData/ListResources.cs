using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web.Auth;
using Mes.Web;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

static class ListResourcesEndpoint
{
    static readonly CodePages<PlantResource> Listed =
        new CodePages<PlantResource>(r => r.Code).FoundBy(r => r.Code, r => r.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/resources", Handle).Named("listResources", "List the resources")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<ResourceView>> Handle(
        SchedulingDb db, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        // by EF: the view is the mapped row
        var rows = await Listed.Take(db.Resources.AsNoTracking(), search, page)
            .Select(resource => ResourceView.Of(resource)).ToListAsync(ct);
        return Listed.Page(rows, page, resource => [resource.Code]);
    }
}
