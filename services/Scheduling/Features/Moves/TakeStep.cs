using System.Diagnostics;
using FluentValidation;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Moves;

/// <summary>Takes a step in the plan in force.</summary>
/// <param name="Step">The step.</param>
/// <param name="PlanVersion">The version of the plan that the caller saw; null: whichever is in force.</param>
public sealed record TakeStep(PlanStep Step, long? PlanVersion = null);

sealed class TakeStepValidator : AbstractValidator<TakeStep>
{
    public TakeStepValidator()
    {
        RuleFor(take => take.Step).SetValidator(new PlanStepValidator());
        RuleFor(take => take.PlanVersion).GreaterThanOrEqualTo(0);
    }
}

static class TakeStepEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/steps", Handle)
        .Named("takeStep", "Take a step in the current plan").RequireAuthorization(Permissions.MovePlanned);

    /// <summary>The plan with it is published at once.</summary>
    static async Task<Ok<MoveAnswer>> Handle(
        TakeStep request, SchedulingDb db, PlanStore plans, PlanningInput input, TimeProvider clock, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await plans.TakeTurn(ct);
        var version = await plans.RequireVersion(request.PlanVersion, ct);
        var facts = await input.Read(ct);
        var result = request.Step.Take(facts, clock.GetUtcNow());
        await db.TakeOver(facts, result.Facts, ct);
        var story = new PlanStory("Step", request.Step.Kind.ToString(), result.Plan.Plan.Method, watch.Elapsed)
        {
            // a drag of one operation can be taken back as ever
            Undo = request.Step is { Kind: PlanStepKind.Move, Operations: [var only] }
                ? new PlanUndo(version, only.OperationId) : null
        };
        var record = await plans.Publish(result.Plan, result.Facts, story, ct);
        return TypedResults.Ok(new MoveAnswer(
            PlanView.Of(record), PlanChanges.Between(facts, facts.Plan, result.Facts.Plan)));
    }
}
