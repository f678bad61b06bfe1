using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Web.Auth;
using Mes.Web;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

static class ListMaterialsEndpoint
{
    static readonly CodePages<Material> Listed =
        new CodePages<Material>(m => m.Code).FoundBy(m => m.Code, m => m.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/materials", Handle).Named("listMaterials", "List the materials")
            .RequireAuthorization(Permissions.ReadInventory);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<MaterialView>> Handle(
        InventoryDb db, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Listed.Take(db.Materials.AsNoTracking(), search, page)
            .Select(material => MaterialView.Of(material)).ToListAsync(ct);
        return Listed.Page(rows, page, material => [material.Code]);
    }
}
