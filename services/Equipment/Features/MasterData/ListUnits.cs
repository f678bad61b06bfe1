using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ListUnitsEndpoint
{
    static readonly CodePages<EquipmentUnit> Listed =
        new CodePages<EquipmentUnit>(r => r.Code).FoundBy(r => r.Code, r => r.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units", Handle).Named("listUnits", "List the units of equipment")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<UnitView>> Handle(
        EquipmentDb db, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Listed.Take(db.Units.AsNoTracking(), search, page).Select(row => UnitView.Of(row)).ToListAsync(ct);
        return Listed.Page(rows, page, unit => [unit.Code]);
    }
}
