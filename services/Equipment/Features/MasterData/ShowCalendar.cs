using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

static class ShowCalendarEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/calendars/{code}", Handle).Named("showCalendar", "Show a shift calendar")
            .RequireAuthorization(Permissions.ReadEquipment);

    static async Task<CalendarView> Handle(Code code, EquipmentDb db, CancellationToken ct) =>
        await db.Calendars.AsNoTracking().Where(calendar => calendar.Code == code).Select(calendar => CalendarView.Of(calendar))
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("calendar", code);
}
