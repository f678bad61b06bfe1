using Mes.Equipment.Data;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Oee;

static class ShowPlantLossesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/losses", Handle).Named("showPlantLosses", "Show where the time of the plant's units went")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>Of all units together.</summary>
    static async Task<Losses> Handle(
        [AsParameters] TimeWindow window, EquipmentDb db, ServiceDatabase<EquipmentDb> database, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var range = window.RangeAt(now);
        var units = await db.Units.AsNoTracking().OrderBy(unit => unit.Code).Select(unit => unit.Code).ToListAsync(ct);
        OeeReadings.RequireBounded(range, units.Count);
        return await LossReader.Read(units, range, now, db, database, ct);
    }
}
