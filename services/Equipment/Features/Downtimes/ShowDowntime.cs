using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Downtimes;

static class ShowDowntimeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/downtimes/{id:guid}", Handle).Named("showDowntime", "Show a downtime")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<DowntimeView> Handle(Guid id, EquipmentDb db, CancellationToken ct) => DowntimeView.Of(
        await db.Downtimes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct)
        ?? throw RuleViolation.NotFound("downtime", id));
}
