using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

static class ShowSettingsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/settings", Handle).Named("showSettings", "Show how planning works")
            .RequireAuthorization(Permissions.ReadScheduling);

    // by EF: the view is the mapped row
    static Task<SettingsView> Handle(SchedulingDb db, CancellationToken ct) =>
        db.Settings.AsNoTracking().Select(settings => SettingsView.Of(settings)).SingleAsync(ct);
}
