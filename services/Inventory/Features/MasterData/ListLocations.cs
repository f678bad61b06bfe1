using Mes.Inventory.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

static class ListLocationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/locations", Handle).Named("listLocations", "List the locations")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<LocationView>> Handle(InventoryDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Locations.AsNoTracking().Where(location => location.Code.CompareTo(after) > 0)
            .OrderBy(location => location.Code).Take(page.Size + 1)
            .Select(location => LocationView.Of(location)).ToListAsync(ct);
        return Page.Of(rows, page.Size, location => location.Code);
    }
}
