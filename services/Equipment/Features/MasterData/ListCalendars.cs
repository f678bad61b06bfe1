using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ListCalendarsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/calendars", Handle).Named("listCalendars", "List the shift calendars")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<CalendarView>> Handle(EquipmentDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Calendars.AsNoTracking().Where(row => string.Compare(row.Code, after) > 0)
            .OrderBy(row => row.Code).Take(page.Size + 1).Select(row => CalendarView.Of(row)).ToListAsync(ct);
        return Page.Of(rows, page.Size, calendar => calendar.Code);
    }
}
