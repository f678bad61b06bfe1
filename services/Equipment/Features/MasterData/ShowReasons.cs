using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ShowReasonsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/reasons", Handle).Named("showReasons", "Show the reasons of downtime")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<ReasonsView> Handle(EquipmentDb db, CancellationToken ct) =>
        new(await db.Reasons.AsNoTracking().OrderBy(row => row.Position)
            .Select(row => new DowntimeReason(row.Code, row.ParentCode, row.NameEn, row.NameZh)).ToListAsync(ct));
}
