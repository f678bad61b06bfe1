using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Plans;

/// <summary>A plan in its newest version.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Version">Number of the version, from 1.</param>
/// <param name="Definition">What it says.</param>
/// <param name="ChangedAt">When this version was made, UTC.</param>
public sealed record PlanView(string Code, int Version, PlanDefinition Definition, DateTimeOffset ChangedAt)
{
    /// <summary>Shows a plan.</summary>
    public static PlanView Of(InspectionPlan plan) => new(plan.Code, plan.Version, plan.Definition, plan.ChangedAt);
}

/// <summary>Lists the plans by code.</summary>
static class ListPlansEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/plans", Handle).RequireAuthorization(Permissions.ReadQuality);

    static async Task<Page<PlanView>> Handle([AsParameters] PageRequest page, QualityDb db, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Plans.AsNoTracking().Where(plan => string.Compare(plan.Code, after) > 0)
            .OrderBy(plan => plan.Code).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of([.. rows.Select(PlanView.Of)], page.Size, last => last.Code);
    }
}
