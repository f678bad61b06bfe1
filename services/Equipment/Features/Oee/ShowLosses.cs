using Mes.Equipment.Data;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Equipment.Features.Oee;

static class ShowLossesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}/losses", Handle).Named("showLosses", "Show where the time of a unit went")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<Losses> Handle(
        Code code, [AsParameters] TimeWindow window, EquipmentDb db, ServiceDatabase<EquipmentDb> database, TimeProvider clock,
        CancellationToken ct)
    {
        await db.RequireUnit(code, ct);
        var now = clock.GetUtcNow();
        return await LossReader.Read([code], window.RangeAt(now), now, db, database, ct);
    }
}
