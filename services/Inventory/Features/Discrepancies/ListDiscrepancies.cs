using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Discrepancies;

static class ListDiscrepanciesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/discrepancies", Handle).Named("listDiscrepancies", "List where the ledger and the floor disagree")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>Those found in the time asked for, the open ones unless another status is asked for; oldest first.</summary>
    static async Task<Page<DiscrepancyView>> Handle(
        InventoryDb db, Code? material, string? kind, DiscrepancyStatus? status, [AsParameters] TimeFilter found,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var wanted = status ?? DiscrepancyStatus.Open;
        var rows = await db.Discrepancies.AsNoTracking().In(found, row => row.FoundAt)
            .Where(row => row.Status == wanted && row.Id > after && (material == null || row.Material == material)
                          && (kind == null || row.Kind == kind))
            .OrderBy(row => row.Id).Take(page.Size + 1).Select(row => DiscrepancyView.Of(row)).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }
}
