using Mes.Inventory.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

static class ShowMaterialEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/materials/{code}", Handle).Named("showMaterial", "Show a material")
            .RequireAuthorization(Permissions.ReadInventory);

    static async Task<MaterialView> Handle(Code code, InventoryDb db, CancellationToken ct) =>
        await db.Materials.AsNoTracking().Where(m => m.Code == code).Select(m => MaterialView.Of(m)).SingleOrDefaultAsync(ct)
        ?? throw RuleViolation.NotFound("material", code);
}
