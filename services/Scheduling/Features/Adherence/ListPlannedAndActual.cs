using Dapper;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Adherence;

/// <summary>An operation that a day was to end, and what happened.</summary>
public sealed record PlannedAndActual
{
    /// <summary>The day, in plant time.</summary>
    public required DateOnly Day { get; init; }
    /// <summary>The operation.</summary>
    public required Guid OperationId { get; init; }
    /// <summary>Its order.</summary>
    public required Guid OrderId { get; init; }
    /// <summary>The order's number.</summary>
    public required string? Order { get; init; }
    /// <summary>The operation's short name.</summary>
    public required string? Operation { get; init; }
    /// <summary>Code of the product it makes.</summary>
    public required string? Product { get; init; }
    /// <summary>Where it was planned.</summary>
    public required string Equipment { get; init; }
    /// <summary>Planned start of the run, UTC.</summary>
    public required DateTime StartsAt { get; init; }
    /// <summary>Planned end of the run, UTC.</summary>
    public required DateTime EndsAt { get; init; }
    /// <summary>Where it was worked on last, or null.</summary>
    public required string? WorkedEquipment { get; init; }
    /// <summary>When work on it began, UTC, or null.</summary>
    public required DateTime? WorkedFrom { get; init; }
    /// <summary>When it was worked on last, UTC, or null.</summary>
    public required DateTime? WorkedTo { get; init; }
    /// <summary>What became of it.</summary>
    public required PlannedOutcome Outcome { get; init; }
}

static class ListPlannedAndActualEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/adherence/operations", Handle)
            .Named("listPlannedAndActual", "List what days were to end, and what happened")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>Of the last 30 days, in the order of their planned starts.</summary>
    static async Task<Page<PlannedAndActual>> Handle(
        DateOnly? day, Code? equipment, PlannedOutcome? outcome, [AsParameters] TimeFilter time,
        ServiceDatabase<SchedulingDb> database, TimeProvider clock, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var (from, to) = time.Bounds();
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var values = new DynamicParameters(Baselines.Values(clock.GetUtcNow()));
        values.AddDynamicParams(new
        {
            day, equipment, outcome = outcome?.ToString(), from = from?.UtcDateTime, to = to?.UtcDateTime, limit = page.Size + 1,
            after = page.AfterNumber()
        });
        var rows = await connection.QueryAsync<PlannedAndActual>(new CommandDefinition(
            $"""
            {PlannedOutcomes.Sql}
            SELECT day, operation_id, order_id, number AS "order", code AS operation, product, equipment, starts_at, ends_at,
                   worked_equipment, worked_from, worked_to, outcome
            FROM outcomes
            WHERE (@day::date IS NULL OR day = @day) AND (@equipment::text IS NULL OR equipment = @equipment)
              AND (@outcome::text IS NULL OR outcome = @outcome)
              AND (@from::timestamptz IS NULL OR ends_at > @from) AND (@to::timestamptz IS NULL OR starts_at < @to)
            ORDER BY starts_at, operation_id, day LIMIT @limit OFFSET @after
            """, values, cancellationToken: ct));
        return Page.Counted<PlannedAndActual>([.. rows], page);
    }
}
