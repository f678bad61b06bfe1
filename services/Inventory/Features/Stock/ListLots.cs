using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Stock;

static class ListLotsEndpoint
{
    static readonly CodePages<Lot> Listed =
        new CodePages<Lot>(l => l.Number, l => l.Material).FoundBy(l => l.Number);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/lots", Handle).Named("listLots", "List the lots").RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of their numbers, of a material or all; the time is that of their receipt.</summary>
    static async Task<Page<LotView>> Handle(
        InventoryDb db, Code? material, LotStatus? status, [AsParameters] TimeFilter received,
        [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var lots = db.Lots.AsNoTracking().In(received, lot => lot.ReceivedAt)
            .Where(lot => material == null || lot.Material == material);
        // as the index has it, which knows those that are held
        if (status is { } asked) lots = lots.Where(lot => lot.Status == EF.Constant(asked));
        if (material is not null || status is not null || received is not (null, null)) lots = await lots.FoundFirst(ct);
        var rows = await Listed.Take(lots, search, page).Select(lot => LotView.Of(lot)).ToListAsync(ct);
        return Listed.Page(rows, page, lot => [lot.Lot, lot.Material]);
    }
}
