using Mes.Quality.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Plans;

/// <summary>Lists the plans by code.</summary>
static class ListPlansEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/plans", Handle)
        .Named("listInspectionPlans", "List the inspection plans").RequireAuthorization(Permissions.ReadQuality);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<PlanView>> Handle([AsParameters] PageRequest page, QualityDb db, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Plans.AsNoTracking().Where(plan => string.Compare(plan.Code, after) > 0)
            .OrderBy(plan => plan.Code).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of([.. rows.Select(PlanView.Of)], page.Size, last => last.Code);
    }
}
