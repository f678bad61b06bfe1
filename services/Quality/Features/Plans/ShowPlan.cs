using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Plans;

/// <summary>Shows one plan in its newest version.</summary>
static class ShowPlanEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/plans/{code}", Handle).Named("showInspectionPlan", "Show an inspection plan")
            .RequireAuthorization(Permissions.ReadQuality);

    static async Task<PlanView> Handle(Code code, QualityDb db, CancellationToken ct) => PlanView.Of(
        await db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Code == code, ct)
            ?? throw RuleViolation.NotFound("plan", code));
}
