using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

static class ShowSetupTimesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/setup-times/{equipment}", Handle).Named("showSetupTimes", "Show the times of changing over on equipment")
            .RequireAuthorization(Permissions.ReadScheduling);

    static async Task<SetupTimesView> Handle(Code equipment, SchedulingDb db, CancellationToken ct)
    {
        // by EF: the mapping reads the changes, which are JSON
        var setup = await db.Setups.AsNoTracking().SingleOrDefaultAsync(setup => setup.Equipment == equipment, ct)
            ?? throw RuleViolation.NotFound("setup-times", equipment);
        return await db.ViewOf(setup, ct);
    }
}
