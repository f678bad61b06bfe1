using Mes.Inventory.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Stock;

static class ListLotsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/lots", Handle).Named("listLots", "List the lots").RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of their numbers.</summary>
    static async Task<Page<LotView>> Handle(InventoryDb db, Code material, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Lots.AsNoTracking().Where(lot => lot.Material == material && lot.Number.CompareTo(after) > 0)
            .OrderBy(lot => lot.Number).Take(page.Size + 1).Select(lot => LotView.Of(lot)).ToListAsync(ct);
        return Page.Of(rows, page.Size, lot => lot.Lot);
    }
}
