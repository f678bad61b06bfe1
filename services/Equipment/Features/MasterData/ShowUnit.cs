using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Equipment.Features.MasterData;

static class ShowUnitEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}", Handle).Named("showUnit", "Show a unit of equipment")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<UnitView> Handle(Code code, EquipmentDb db, CancellationToken ct) =>
        UnitView.Of(await db.RequireUnit(code, ct));
}
