using Dapper;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Runs;

/// <summary>One step of a run's progress.</summary>
/// <param name="Seconds">Time since the search began, seconds.</param>
/// <param name="Value">The objective's value by level.</param>
/// <param name="Bound">What it cannot fall below, by level.</param>
/// <param name="Gap">Share of the first level that is not proved to be necessary, 0 to 1.</param>
public sealed record RunStep(double Seconds, IReadOnlyList<long> Value, IReadOnlyList<long> Bound, double Gap);

/// <summary>A planning run.</summary>
/// <param name="Attempts">Its attempts, the last first.</param>
/// <param name="Progress">The progress of the last, at most 5,000 steps.</param>
public sealed record RunView(IReadOnlyList<RunAttempt> Attempts, IReadOnlyList<RunStep> Progress);

static class RunsEndpoint
{
    const int StepsMax = 5_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/runs", List).RequireAuthorization(Permissions.ReadScheduling);
        api.MapGet("/runs/{id:guid}", Show).RequireAuthorization(Permissions.ReadScheduling);
        api.MapPost("/runs/{id:guid}/cancel", Cancel).RequireAuthorization(Permissions.Plan);
    }

    static async Task<Page<RunAttempt>> List(
        SchedulingDb db, RunStatus? status, Guid? scenario, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var before = page.AfterNumber(long.MaxValue);
        var rows = await db.Runs.AsNoTracking()
            .Where(run => run.Sequence < before && (status == null || run.Status == status)
                && (scenario == null || run.ScenarioId == scenario))
            .OrderByDescending(run => run.Sequence).Take(page.Size + 1).Select(run => RunAttempt.Of(run)).ToListAsync(ct);
        return Page.Of(rows, page.Size, run => run.Sequence.ToString());
    }

    static async Task<RunView> Show(
        Guid id, SchedulingDb db, ServiceDatabase<SchedulingDb> database, CancellationToken ct)
    {
        var attempts = await db.Runs.AsNoTracking().Where(run => run.Id == id).OrderByDescending(run => run.Attempt)
            .Select(run => RunAttempt.Of(run)).ToListAsync(ct);
        if (attempts.Count == 0)
        {
            throw RuleViolation.NotFound("planning-run", id);
        }
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var steps = await connection.QueryAsync<(double Seconds, string Value, string Bound, double Gap)>(new CommandDefinition(
            """
            SELECT seconds, value, bound, gap FROM planning_progress WHERE run_id = @id AND attempt = @attempt ORDER BY
            number LIMIT @StepsMax
            """, new { id, attempt = attempts[0].Attempt, StepsMax }, cancellationToken: ct));
        return new RunView(attempts,
            [.. steps.Select(step => new RunStep(step.Seconds, Levels(step.Value), Levels(step.Bound), step.Gap))]);
    }

    /// <summary>
    /// Stops a planning run, whichever process runs it; the best plan it has found is kept. One that waits does not begin.
    /// </summary>
    static async Task<Accepted> Cancel(Guid id, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        var run = await db.Runs.FromSql($"SELECT * FROM planning_run WHERE id = {id} ORDER BY attempt DESC LIMIT 1 FOR UPDATE")
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("planning-run", id);
        if (run.Status is not (RunStatus.Running or RunStatus.Waiting))
        {
            throw new RuleViolation("run-has-ended", "Only a run that waits or is under way can be cancelled.",
                ("run", id), ("status", run.Status.ToString()));
        }
        run.CancelRequestedAt ??= clock.GetUtcNow();
        if (run.Status == RunStatus.Waiting)
        {
            (run.Status, run.EndedAt) = (RunStatus.Cancelled, run.CancelRequestedAt);
        }
        return TypedResults.Accepted((string?)null);
    }

    static IReadOnlyList<long> Levels(string json) => System.Text.Json.JsonSerializer.Deserialize<long[]>(json)!;
}
