using Mes.Inventory.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

static class ListMaterialsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/materials", Handle).Named("listMaterials", "List the materials")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<MaterialView>> Handle(InventoryDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Materials.AsNoTracking().Where(material => material.Code.CompareTo(after) > 0)
            .OrderBy(material => material.Code).Take(page.Size + 1)
            .Select(material => MaterialView.Of(material)).ToListAsync(ct);
        return Page.Of(rows, page.Size, material => material.Code);
    }
}
