using Dapper;
using FluentValidation;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Hosting.Jobs;
using Mes.Hosting.Problems;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features;

/// <summary>Asks for a planning run now.</summary>
/// <param name="Mode">Full or Incremental.</param>
public sealed record RequestPlan(PlanningMode Mode = PlanningMode.Full);

sealed class RequestPlanValidator : AbstractValidator<RequestPlan>
{
    public RequestPlanValidator() => RuleFor(request => request.Mode).IsInEnum().WithMessage("Use Full or Incremental.");
}

/// <summary>The run that was asked for; its progress is under <c>/jobs</c>.</summary>
public sealed record PlanRequested(Guid RunId);

/// <summary>A planned operation.</summary>
public sealed record PlanLine(
    Guid OperationId, Guid OrderId, string Equipment, DateTime SetupStartsAt, DateTime StartsAt, DateTime EndsAt, string WaitsFor,
    string? WaitsOn);

static class PlansEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/plans", Ask).RequireAuthorization(Permissions.Plan);
        api.MapGet("/plans", List).RequireAuthorization(Permissions.ReadScheduling);
        api.MapGet("/plans/{id:guid}/operations", Operations).RequireAuthorization(Permissions.ReadScheduling);
    }

    static async Task<Ok<PlanRequested>> Ask(
        RequestPlan request, [FromHeader(Name = "Idempotency-Key")] Guid commandId,
        [FromKeyedServices("scheduling")] JobControl jobs, CancellationToken ct)
    {
        var arguments = System.Text.Json.JsonSerializer.Serialize(new PlanningArguments(request.Mode), MessageJson.Options);
        return TypedResults.Ok(new PlanRequested(
            await jobs.SubmitAsync(new JobSubmission(PlanProduction.Key, arguments, commandId), ct)));
    }

    static async Task<Page<PlanRecord>> List(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var before = long.TryParse(page.After, out var version) ? version : long.MaxValue;
        var rows = await db.Plans.AsNoTracking().Where(plan => plan.Version < before)
            .OrderByDescending(plan => plan.Version).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows, page.Size, plan => plan.Version.ToString());
    }

    static async Task<Page<PlanLine>> Operations(
        Guid id, string? equipment, ServiceDatabase<SchedulingDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = Guid.TryParse(page.After, out var last) ? last : Guid.Empty;
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        if (!await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM plan WHERE id = @id)", new { id }))
        {
            throw RuleViolation.NotFound("plan", id);
        }
        var rows = (await connection.QueryAsync<PlanLine>(new CommandDefinition(
            """
            SELECT operation_id, order_id, equipment, setup_starts_at, starts_at, ends_at, waits_for, waits_on FROM plan_operation
            WHERE plan_id = @id AND (@equipment::text IS NULL OR equipment = @equipment) AND operation_id > @after
            ORDER BY operation_id LIMIT @limit
            """, new { id, equipment, after, limit = page.Size + 1 }, cancellationToken: ct))).AsList();
        return Page.Of(rows, page.Size, row => row.OperationId.ToString());
    }
}
