using Dapper;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Runs;

/// <summary>One step of a run's progress.</summary>
/// <param name="Seconds">Time since the search began, seconds.</param>
/// <param name="Value">The objective's value by level.</param>
/// <param name="Bound">What it cannot fall below, by level.</param>
/// <param name="Gap">Share of the first level that is not proved to be necessary, 0 to 1.</param>
/// <param name="LateOrders">Number of orders that the plan ends late; null where it was not told.</param>
/// <param name="TardinessSeconds">Σ seconds by which it ends them late; null where it was not told.</param>
public sealed record RunStep(
    double Seconds, IReadOnlyList<long> Value, IReadOnlyList<long> Bound, double Gap, int? LateOrders, long? TardinessSeconds);

/// <summary>A planning run.</summary>
/// <param name="Attempts">Its attempts, the last first.</param>
/// <param name="Progress">The progress of the last, at most 5,000 steps.</param>
public sealed record RunView(IReadOnlyList<RunAttempt> Attempts, IReadOnlyList<RunStep> Progress);

static class ShowRunEndpoint
{
    const int StepsMax = 5_000;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/runs/{id:guid}", Handle).Named("showRun", "Show a planning run")
            .RequireAuthorization(Permissions.ReadScheduling);

    static async Task<RunView> Handle(
        Guid id, SchedulingDb db, ServiceDatabase<SchedulingDb> database, CancellationToken ct)
    {
        // by EF, as in the list
        var attempts = await db.Runs.AsNoTracking().Where(run => run.Id == id).OrderByDescending(run => run.Attempt)
            .Select(run => RunAttempt.Of(run)).ToListAsync(ct);
        if (attempts.Count == 0)
        {
            throw RuleViolation.NotFound("planning-run", id);
        }
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var steps = await connection.QueryAsync<Step>(new CommandDefinition(
            """
            SELECT seconds, value, bound, gap, late_orders, tardiness_seconds FROM planning_progress
            WHERE run_id = @id AND attempt = @attempt ORDER BY number LIMIT @StepsMax
            """, new { id, attempt = attempts[0].Attempt, StepsMax }, cancellationToken: ct));
        return new RunView(attempts,
            [.. steps.Select(step => new RunStep(step.Seconds, Levels(step.Value), Levels(step.Bound), step.Gap, step.LateOrders,
                step.TardinessSeconds))]);
    }

    sealed class Step
    {
        public double Seconds { get; init; }
        public string Value { get; init; } = "";
        public string Bound { get; init; } = "";
        public double Gap { get; init; }
        public int? LateOrders { get; init; }
        public long? TardinessSeconds { get; init; }
    }

    static IReadOnlyList<long> Levels(string json) => System.Text.Json.JsonSerializer.Deserialize<long[]>(json)!;
}
