using Dapper;
using FluentValidation;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Planning;

/// <summary>Asks for a planning run now.</summary>
/// <param name="Mode">Full, Incremental or Repair.</param>
public sealed record RequestPlan(PlanningMode Mode = PlanningMode.Full);

sealed class RequestPlanValidator : AbstractValidator<RequestPlan>
{
    public RequestPlanValidator() =>
        RuleFor(request => request.Mode).IsInEnum().WithMessage("Use Full, Incremental or Repair.");
}

/// <summary>A planned operation and what it waits for.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="Order">The order's number.</param>
/// <param name="Operation">The operation's short name.</param>
/// <param name="Equipment">Equipment code.</param>
/// <param name="SetupStartsAt">Start of its setup, UTC.</param>
/// <param name="StartsAt">Start of the run, UTC.</param>
/// <param name="EndsAt">End of the run, UTC.</param>
/// <param name="WaitsFor">Why it does not start earlier.</param>
/// <param name="WaitsOn">The operation, resource or equipment that it waits for, or null.</param>
/// <param name="IsLocked">Whether the planner has pinned it.</param>
public sealed record PlanLine(
    Guid OperationId, Guid OrderId, string? Order, string? Operation, string Equipment, DateTime SetupStartsAt, DateTime StartsAt,
    DateTime EndsAt, string WaitsFor, string? WaitsOn, bool IsLocked);

static class PlansEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/plans", Ask).RequireAuthorization(Permissions.Plan);
        api.MapGet("/plans", List).RequireAuthorization(Permissions.ReadScheduling);
        api.MapGet("/plans/{id:guid}", Show).RequireAuthorization(Permissions.ReadScheduling);
        api.MapGet("/plans/{id:guid}/operations", Operations).RequireAuthorization(Permissions.ReadScheduling);
        api.MapGet("/plans/{id:guid}/late-orders", Late).RequireAuthorization(Permissions.ReadScheduling);
        api.MapGet("/plans/{id:guid}/unplanned", Unplanned).RequireAuthorization(Permissions.ReadScheduling);
    }

    static Ok<PlanRequested> Ask(
        RequestPlan request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, SchedulingDb db, RunSignal asked,
        TimeProvider clock)
    {
        db.Runs.Add(PlanningRun.Asked(commandId, request.Mode.ToString(), "asked", clock.GetUtcNow()));
        db.AfterCommit(asked.Set);
        return TypedResults.Ok(new PlanRequested(commandId));
    }

    static async Task<Page<PlanView>> List(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var before = page.AfterNumber(long.MaxValue);
        var rows = await db.Plans.AsNoTracking().Where(plan => plan.Version < before)
            .OrderByDescending(plan => plan.Version).Take(page.Size + 1).Select(plan => PlanView.Of(plan)).ToListAsync(ct);
        return Page.Of(rows, page.Size, plan => plan.Version.ToString()!);
    }

    static async Task<PlanView> Show(Guid id, SchedulingDb db, CancellationToken ct) =>
        await db.Plans.AsNoTracking().Where(plan => plan.Id == id).Select(plan => PlanView.Of(plan)).SingleOrDefaultAsync(ct)
        ?? throw RuleViolation.NotFound("plan", id);

    static async Task<Page<PlanLine>> Operations(
        Guid id, Code? equipment, Guid? operationId, [AsParameters] OfOrder of, SchedulingDb db,
        ServiceDatabase<SchedulingDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await Show(id, db, ct);
        var after = page.AfterId();
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = (await connection.QueryAsync<PlanLine>(new CommandDefinition(
            """
            SELECT p.operation_id, p.order_id, d.number AS "order", o.code AS operation, p.equipment, p.setup_starts_at,
                   p.starts_at, p.ends_at, p.waits_for, p.waits_on, l.operation_id IS NOT NULL AS is_locked
            FROM plan_operation p LEFT JOIN demand_operation o USING (operation_id)
            LEFT JOIN demand_order d ON d.order_id = p.order_id LEFT JOIN operation_lock l USING (operation_id)
            WHERE p.plan_id = @id AND (@equipment::text IS NULL OR p.equipment = @equipment)
              AND (@Order::text IS NULL OR d.number = @Order) AND (@OrderId::uuid IS NULL OR p.order_id = @OrderId)
              AND (@operationId::uuid IS NULL OR p.operation_id = @operationId) AND p.operation_id > @after
            ORDER BY p.operation_id LIMIT @limit
            """,
            new { id, equipment, of.Order, of.OrderId, operationId, after, limit = page.Size + 1 }, cancellationToken: ct)))
            .AsList();
        return Page.Of(rows, page.Size, row => row.OperationId.ToString());
    }

    /// <summary>The orders that end late by a plan when it was made, the latest first, each with the chain of operations that
    /// makes it late.</summary>
    static async Task<Page<LateOrder>> Late(
        Guid id, SchedulingDb db, ServiceDatabase<SchedulingDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await Show(id, db, ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return Page.Counted(await PlanLists.Late(connection, id, page, ct), page);
    }

    /// <summary>The steps that a plan leaves out because they cannot be planned, each with its order's number, the reason, a way
    /// out, and the steps that wait for it.</summary>
    static async Task<Page<UnplannedStep>> Unplanned(
        Guid id, [AsParameters] OfOrder of, SchedulingDb db, ServiceDatabase<SchedulingDb> database,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        await Show(id, db, ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return Page.Counted(await PlanLists.Unplanned(connection, id, of, page, ct), page);
    }
}
