using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Inventory.Features.MasterData;

static class ListUnitsOfMeasureEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units", () => UnitsOfMeasure.All).Named("listUnitsOfMeasure", "List the units of measure")
            .RequireAuthorization(Permissions.ReadInventory);
}
