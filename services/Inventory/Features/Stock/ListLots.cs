using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Stock;

static class ListLotsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/lots", Handle).Named("listLots", "List the lots").RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of their numbers; the time is that at which they were received.</summary>
    static async Task<Page<LotView>> Handle(
        InventoryDb db, Code material, LotStatus? status, [AsParameters] TimeFilter received, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Lots.AsNoTracking().In(received, lot => lot.ReceivedAt)
            .Where(lot => lot.Material == material && lot.Number.CompareTo(after) > 0 && (status == null || lot.Status == status))
            .OrderBy(lot => lot.Number).Take(page.Size + 1).Select(lot => LotView.Of(lot)).ToListAsync(ct);
        return Page.Of(rows, page.Size, lot => lot.Lot);
    }
}
