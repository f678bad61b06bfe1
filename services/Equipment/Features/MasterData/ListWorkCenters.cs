using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ListWorkCentersEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/work-centers", Handle).Named("listWorkCenters", "List the work centers")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<WorkCenterView>> Handle(EquipmentDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.WorkCenters.AsNoTracking().Where(row => string.Compare(row.Code, after) > 0)
            .OrderBy(row => row.Code).Take(page.Size + 1)
            .Select(row => WorkCenterView.Of(row)).ToListAsync(ct);
        return Page.Of(rows, page.Size, center => center.Code);
    }
}
