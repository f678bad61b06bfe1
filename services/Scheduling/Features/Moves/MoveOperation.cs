using System.Diagnostics;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Moves;

/// <summary>Drags an operation of the plan in force: what it is in the way of moves to the right, and the plan is
/// published.</summary>
static class MoveOperationEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/moves", Handle)
        .Named("moveOperation", "Move an operation in the current plan").RequireAuthorization(Permissions.MovePlanned);

    static async Task<Ok<MoveAnswer>> Handle(
        MoveOperation request, SchedulingDb db, PlanStore plans, PlanningInput input, TimeProvider clock, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await plans.TakeTurn(ct);
        var version = await plans.RequireVersion(request.PlanVersion, ct);
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
        var record = await plans.Publish(moved, facts, story, ct);
        return TypedResults.Ok(new MoveAnswer(PlanView.Of(record), PlanChanges.Between(facts, facts.Plan, moved.Rows())));
    }

    static async Task Pin(SchedulingDb db, PlanMove move, CancellationToken ct)
    {
        var startsAt = PlanSearch.Whole(move.StartsAt);
        var pin = await db.Locks.SingleOrDefaultAsync(row => row.OperationId == move.OperationId, ct)
            ?? db.Locks.Add(new LockedOperation(move.OperationId, move.Equipment, startsAt)).Entity;
        pin.MoveTo(move.Equipment, startsAt);
        await db.NoteChange(ct);
    }
}
