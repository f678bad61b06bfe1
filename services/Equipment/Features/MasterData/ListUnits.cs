using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ListUnitsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units", Handle).Named("listUnits", "List the units of equipment")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<UnitView>> Handle(EquipmentDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Units.AsNoTracking().Where(unit => string.Compare(unit.Code, after) > 0)
            .OrderBy(unit => unit.Code).Take(page.Size + 1).Select(unit => UnitView.Of(unit)).ToListAsync(ct);
        return Page.Of(rows, page.Size, unit => unit.Code);
    }
}
