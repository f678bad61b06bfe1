using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Runs;

static class CancelRunEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/runs/{id:guid}/cancel", Handle).Named("cancelRun", "Cancel a planning run")
            .RequireAuthorization(Permissions.Plan);

    /// <summary>
    /// Stops a planning run, whichever process runs it; the best plan it has found is kept. One that waits does not begin.
    /// </summary>
    static async Task<Accepted> Handle(Guid id, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        // EF has no FOR UPDATE
        var run = await db.Runs.FromSql($"SELECT * FROM planning_run WHERE id = {id} ORDER BY attempt DESC LIMIT 1 FOR UPDATE")
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("planning-run", id);
        run.Cancel(clock.GetUtcNow());
        return TypedResults.Accepted((string?)null);
    }
}
