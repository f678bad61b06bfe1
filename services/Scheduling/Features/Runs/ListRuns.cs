using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Runs;

static class ListRunsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/runs", Handle).Named("listRuns", "List the planning runs")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>Those asked for in the time told, the newest first.</summary>
    static async Task<Page<RunAttempt>> Handle(
        SchedulingDb db, RunStatus? status, Guid? scenarioId, [AsParameters] TimeFilter asked, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var before = page.AfterNumber(long.MaxValue);
        // by EF: the mapping reads the values by level, which are JSON
        var rows = await db.Runs.AsNoTracking().In(asked, run => run.AskedAt)
            .Where(run => run.Sequence < before && (status == null || run.Status == status)
                && (scenarioId == null || run.ScenarioId == scenarioId))
            .OrderByDescending(run => run.Sequence).Take(page.Size + 1).Select(run => RunAttempt.Of(run)).ToListAsync(ct);
        return Page.Of(rows, page.Size, run => run.Sequence.ToString());
    }
}
