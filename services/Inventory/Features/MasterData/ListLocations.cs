using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web.Auth;
using Mes.Web;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

static class ListLocationsEndpoint
{
    static readonly CodePages<Location> Listed =
        new CodePages<Location>(l => l.Code).FoundBy(l => l.Code, l => l.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/locations", Handle).Named("listLocations", "List the locations")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<LocationView>> Handle(
        InventoryDb db, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Listed.Take(db.Locations.AsNoTracking(), search, page)
            .Select(location => LocationView.Of(location)).ToListAsync(ct);
        return Listed.Page(rows, page, location => [location.Code]);
    }
}
