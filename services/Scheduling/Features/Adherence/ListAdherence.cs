using Dapper;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Adherence;

/// <summary>How well equipment kept to the plan of a day: of the operations that the plan in force at the beginning of the day
/// ended on that day, the share that was finished on it, on the equipment they were planned on.</summary>
public sealed record DayAdherence
{
    /// <summary>The day, in plant time.</summary>
    public required DateOnly Day { get; init; }
    /// <summary>Equipment code.</summary>
    public required string Equipment { get; init; }
    /// <summary>Version of the plan that was in force when the day began.</summary>
    public required long PlanVersion { get; init; }
    /// <summary>Operations that count: their planned end has passed, or they are finished.</summary>
    public required int Planned { get; init; }
    /// <summary>Finished on the day at latest, where they were planned.</summary>
    public required int Kept { get; init; }
    /// <summary>Finished on the day at latest, on other equipment.</summary>
    public required int Elsewhere { get; init; }
    /// <summary>Finished after the day.</summary>
    public required int TooLate { get; init; }
    /// <summary>Not finished.</summary>
    public required int Unfinished { get; init; }
    /// <summary>Share of those that count which was kept, 0 to 1; null where none counts.</summary>
    public double? Adherence => Planned == 0 ? null : Kept / (double)Planned;
}

static class ListAdherenceEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/adherence", Handle).Named("listAdherence", "List by day and equipment how well the plan was kept")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>Of the last 30 days, the last day first.</summary>
    static async Task<Page<DayAdherence>> Handle(
        DateOnly? day, Code? equipment, ServiceDatabase<SchedulingDb> database, TimeProvider clock,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var values = new DynamicParameters(Baselines.Values(clock.GetUtcNow()));
        values.AddDynamicParams(new { day, equipment, limit = page.Size + 1, after = page.AfterNumber() });
        var rows = await connection.QueryAsync<DayAdherence>(new CommandDefinition(
            $"""
            {PlannedOutcomes.Sql}
            SELECT day, equipment, plan_version,
                   (count(*) FILTER (WHERE outcome NOT IN
                       ('{nameof(PlannedOutcome.Ahead)}', '{nameof(PlannedOutcome.Dropped)}')))::int AS planned,
                   (count(*) FILTER (WHERE outcome = '{nameof(PlannedOutcome.Kept)}'))::int AS kept,
                   (count(*) FILTER (WHERE outcome = '{nameof(PlannedOutcome.Elsewhere)}'))::int AS elsewhere,
                   (count(*) FILTER (WHERE outcome = '{nameof(PlannedOutcome.TooLate)}'))::int AS too_late,
                   (count(*) FILTER (WHERE outcome = '{nameof(PlannedOutcome.Unfinished)}'))::int AS unfinished
            FROM outcomes WHERE (@day::date IS NULL OR day = @day) AND (@equipment::text IS NULL OR equipment = @equipment)
            GROUP BY day, equipment, plan_version ORDER BY day DESC, equipment LIMIT @limit OFFSET @after
            """, values, cancellationToken: ct));
        return Page.Counted<DayAdherence>([.. rows], page);
    }
}
