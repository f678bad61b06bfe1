using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Planning;

static class ListPlansEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans", Handle).Named("listPlans", "List the plans")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>The newest first; the time is that from which they plan.</summary>
    static async Task<Page<PlanView>> Handle(
        SchedulingDb db, [AsParameters] TimeFilter planned, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var before = page.AfterNumber(long.MaxValue);
        // by EF: the mapping reads the warnings, which are JSON
        var rows = await db.Plans.AsNoTracking().In(planned, plan => plan.Origin).Where(plan => plan.Version < before)
            .OrderByDescending(plan => plan.Version).Take(page.Size + 1).Select(plan => PlanView.Of(plan)).ToListAsync(ct);
        return Page.Of(rows, page.Size, plan => plan.Version.ToString()!);
    }
}
