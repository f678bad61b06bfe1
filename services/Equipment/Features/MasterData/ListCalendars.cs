using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ListCalendarsEndpoint
{
    static readonly CodePages<ShiftCalendarRow> Listed =
        new CodePages<ShiftCalendarRow>(r => r.Code).FoundBy(r => r.Code);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/calendars", Handle).Named("listCalendars", "List the shift calendars")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<CalendarView>> Handle(
        EquipmentDb db, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Listed.Take(db.Calendars.AsNoTracking(), search, page)
            .Select(row => CalendarView.Of(row)).ToListAsync(ct);
        return Listed.Page(rows, page, calendar => [calendar.Code]);
    }
}
