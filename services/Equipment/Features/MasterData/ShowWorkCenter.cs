using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ShowWorkCenterEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/work-centers/{code}", Handle).Named("showWorkCenter", "Show a work center")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<WorkCenterView> Handle(Code code, EquipmentDb db, CancellationToken ct) =>
        await db.WorkCenters.AsNoTracking().Where(center => center.Code == code).Select(center => WorkCenterView.Of(center))
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("work-center", code);
}
