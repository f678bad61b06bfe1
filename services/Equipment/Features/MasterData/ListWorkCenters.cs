using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ListWorkCentersEndpoint
{
    static readonly CodePages<WorkCenter> Listed =
        new CodePages<WorkCenter>(r => r.Code).FoundBy(r => r.Code, r => r.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/work-centers", Handle).Named("listWorkCenters", "List the work centers")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<WorkCenterView>> Handle(
        EquipmentDb db, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Listed.Take(db.WorkCenters.AsNoTracking(), search, page)
            .Select(row => WorkCenterView.Of(row)).ToListAsync(ct);
        return Listed.Page(rows, page, center => [center.Code]);
    }
}
