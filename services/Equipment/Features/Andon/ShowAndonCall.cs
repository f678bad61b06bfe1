using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Andon;

static class ShowAndonCallEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/andon-calls/{id:guid}", Handle).Named("showAndonCall", "Show a call for help")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<AndonCallView> Handle(Guid id, EquipmentDb db, CancellationToken ct) => AndonCallView.Of(
        await db.AndonCalls.AsNoTracking().SingleOrDefaultAsync(call => call.Id == id, ct)
        ?? throw RuleViolation.NotFound("andon-call", id));
}
