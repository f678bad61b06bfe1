using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web.Auth;
using Mes.Web;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Plans;

/// <summary>Lists the plans by code.</summary>
static class ListPlansEndpoint
{
    static readonly CodePages<InspectionPlan> Listed =
        new CodePages<InspectionPlan>(p => p.Code).FoundBy(p => p.Code, p => p.Name, p => p.Product);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/plans", Handle)
        .Named("listInspectionPlans", "List the inspection plans").RequireAuthorization(Permissions.ReadQuality);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<PlanView>> Handle(
        [AsParameters] SearchFilter search, [AsParameters] PageRequest page, QualityDb db, CancellationToken ct)
    {
        var rows = await Listed.Take(db.Plans.AsNoTracking(), search, page).ToListAsync(ct);
        return Listed.Page([.. rows.Select(PlanView.Of)], page, plan => [plan.Code]);
    }
}
