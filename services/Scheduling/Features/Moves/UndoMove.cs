using System.Diagnostics;
using FluentValidation;
using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Moves;

/// <summary>Takes back the last drag in the plan in force.</summary>
/// <param name="PlanVersion">The version of the plan that the caller saw; null: whichever is in force.</param>
/// <param name="OperationId">The operation whose drag is meant; null: whichever was dragged last.</param>
public sealed record UndoMove(long? PlanVersion = null, Guid? OperationId = null);

sealed class UndoMoveValidator : AbstractValidator<UndoMove>
{
    public UndoMoveValidator() => RuleFor(undo => undo.PlanVersion).GreaterThanOrEqualTo(0);
}

/// <summary>
/// Takes drags back, the last first: the plan before it, brought up to what is known now, is published, and the dragged operation
/// is no longer pinned. Answers to events in between do not hinder it, for they are given anew; a planning run does.
/// </summary>
static class UndoMoveEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/moves/undo", Handle)
        .Named("undoMove", "Undo the last move").RequireAuthorization(Permissions.MovePlanned);

    static async Task<Ok<MoveAnswer>> Handle(
        UndoMove request, SchedulingDb db, PlanStore plans, PlanningInput input, TimeProvider clock,
        CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await plans.TakeTurn(ct);
        await plans.RequireVersion(request.PlanVersion, ct);
        var inForce = await plans.InForce(ct);
        var undo = inForce?.Undo ?? throw NothingToUndo(inForce);
        if (request.OperationId is { } meant && meant != undo.OperationId)
        {
            throw RuleViolation.Conflict("dragged-since", "Another operation was dragged since. Drag this one back instead.",
                ("operationId", meant), ("draggedSince", undo.OperationId));
        }
        var before = await plans.OfVersion(undo.Version, ct)
            ?? throw NothingToUndo(inForce);
        var facts = Unpinned(await input.Read(ct), undo.OperationId);
        var rows = await plans.Rows(before, ct);
        var plan = PlanShift.Shift(facts, rows, PlanSearch.Whole(clock.GetUtcNow()));
        db.Locks.RemoveRange(await db.Locks.Where(pin => pin.OperationId == undo.OperationId).ToListAsync(ct));
        await db.NoteChange(ct);
        var story = new PlanStory("Undo", "planner", plan.Plan.Method, watch.Elapsed) { Undo = before.Undo };
        var record = await plans.Publish(plan, facts, story, ct);
        return TypedResults.Ok(new MoveAnswer(PlanView.Of(record), PlanChanges.Between(facts, facts.Plan, plan.Rows())));
    }

    /// <summary>Where work on the operation has begun there is nothing left to take back.</summary>
    static PlanningFacts Unpinned(PlanningFacts facts, Guid id)
    {
        var operation = facts.Operation(id);
        if (operation?.Running is { } running)
        {
            throw new RuleViolation("operation-running", "Work on the dragged operation has begun: it stays where it is.",
                ("operation", id), ("equipment", running.Equipment), ("startedAt", running.StartedAt));
        }
        return operation is null ? facts
            : facts.With(new Dictionary<Guid, DemandOperation> { [id] = operation with { Lock = null } });
    }

    static RuleViolation NothingToUndo(PlanRecord? inForce) => new("nothing-to-undo",
        "A drag can be undone until the plan is made anew. Drag the operation back instead.",
        ("planVersion", inForce?.Version ?? 0), ("mode", inForce?.Mode));
}
