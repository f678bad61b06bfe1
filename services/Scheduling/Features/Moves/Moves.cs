using System.Diagnostics;
using FluentValidation;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Hosting.Problems;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features;

/// <summary>Drags an operation to equipment and a start.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Code of the equipment it shall be done on.</param>
/// <param name="StartsAt">When its run shall start.</param>
/// <param name="Lock">Whether it is pinned there, so that the next planning run leaves it.</param>
/// <param name="PlanVersion">The version of the plan that the caller saw; null: whichever is in force.</param>
public sealed record MoveOperation(
    Guid OperationId, string Equipment, DateTimeOffset StartsAt, bool Lock = true, long? PlanVersion = null);

sealed class MoveOperationValidator : AbstractValidator<MoveOperation>
{
    public MoveOperationValidator()
    {
        RuleFor(move => move.OperationId).NotEmpty().WithMessage("Name the operation.");
        RuleFor(move => move.Equipment).IsCode();
        RuleFor(move => move.StartsAt).IsTime();
    }
}

/// <summary>The plan after a move and what it has otherwise than before.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Difference">What it has otherwise.</param>
public sealed record MoveAnswer(PlanView Plan, PlanChanges Difference);

/// <summary>Drags an operation of the plan in force: what it is in the way of moves to the right, and the plan is
/// published.</summary>
static class MovesEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/moves", Handle).RequireAuthorization(Permissions.Plan);

    static async Task<Ok<MoveAnswer>> Handle(
        MoveOperation request, SchedulingDb db, PlanBook book, PlanningInput input, TimeProvider clock, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await book.TakeTurn(ct);
        var version = await RequireVersion(request.PlanVersion, book, ct);
        var facts = await input.Read(ct);
        var move = new PlanMove(request.OperationId, request.Equipment, request.StartsAt.ToUniversalTime());
        var moved = move.Make(facts, clock.GetUtcNow());
        if (request.Lock)
        {
            await Pin(db, move, ct);
        }
        var story = new PlanStory("Move", "planner", moved.Plan.Method, watch.Elapsed)
        {
            Undo = new PlanUndo(version, request.OperationId)
        };
        var record = await book.Publish(moved, facts, story, ct);
        return TypedResults.Ok(new MoveAnswer(PlanView.Of(record), PlanChanges.Between(facts, facts.Plan, moved.Rows())));
    }

    /// <summary>The version of the plan in force, which the caller must have seen.</summary>
    public static async Task<long> RequireVersion(long? seen, PlanBook book, CancellationToken ct)
    {
        var inForce = await book.Version(ct);
        return seen is null || seen == inForce ? inForce : throw RuleViolation.Conflict("plan-moved-on",
            "A newer plan is in force. Look at it, then try again with its version.",
            ("planVersion", seen), ("inForce", inForce));
    }

    static async Task Pin(SchedulingDb db, PlanMove move, CancellationToken ct)
    {
        var pin = await db.Locks.SingleOrDefaultAsync(row => row.OperationId == move.OperationId, ct)
            ?? db.Locks.Add(new LockedOperation { OperationId = move.OperationId, Equipment = move.Equipment }).Entity;
        (pin.Equipment, pin.StartsAt) = (move.Equipment, PlanSearch.Whole(move.StartsAt));
        await db.NoteChange(ct);
    }
}
