using Mes.Inventory.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Labels;

static class ListLabelPrintsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/lots/{material}/{lot}/prints", Handle).Named("listLabelPrints", "List when the label of a lot was printed")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>The last printed first.</summary>
    static async Task<Page<LabelPrintView>> Handle(
        Code material, Code lot, InventoryDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        if (!await db.Lots.AnyAsync(l => l.Material == material && l.Number == lot, ct)) throw RuleViolation.NotFound("lot", lot);
        var before = page.AfterId(first: Guid.AllBitsSet);
        var rows = await db.LabelPrints.AsNoTracking()
            .Where(print => print.Material == material && print.Lot == lot && print.Id < before)
            .OrderByDescending(print => print.Id).Take(page.Size + 1).Select(print => LabelPrintView.Of(print)).ToListAsync(ct);
        return Page.Of(rows, page.Size, print => print.Id.ToString());
    }
}
