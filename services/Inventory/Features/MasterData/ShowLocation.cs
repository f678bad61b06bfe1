using Mes.Inventory.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

static class ShowLocationEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/locations/{code}", Handle).Named("showLocation", "Show a location")
            .RequireAuthorization(Permissions.ReadInventory);

    static async Task<LocationView> Handle(Code code, InventoryDb db, CancellationToken ct) =>
        await db.Locations.AsNoTracking().Where(location => location.Code == code).Select(location => LocationView.Of(location))
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("location", code);
}
