using System.Diagnostics;
using FluentValidation;
using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Drafts;

/// <summary>Puts a draft's plan in force.</summary>
/// <param name="PlanVersion">The version of the plan in force that the caller saw; null: whichever is in force.</param>
/// <param name="WithoutLost">Whether it is published although steps are not possible any more: without them.</param>
public sealed record PublishDraft(long? PlanVersion = null, bool WithoutLost = false);

sealed class PublishDraftValidator : AbstractValidator<PublishDraft>
{
    public PublishDraftValidator() => RuleFor(publish => publish.PlanVersion).GreaterThanOrEqualTo(0);
}

/// <summary>
/// Takes a draft's steps on the plan in force and on what is known now, and publishes that. Its pins and what it has taken
/// out become the plant's.
/// </summary>
static class PublishDraftEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/drafts/{id:guid}/publish", Handle).Named("publishDraft", "Publish a draft")
            .RequireAuthorization(Permissions.MovePlanned);

    static async Task<Ok<MoveAnswer>> Handle(
        Guid id, PublishDraft request, SchedulingDb db, DraftStore drafts, PlanStore plans, PlanningInput input, Caller caller,
        TimeProvider clock, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await plans.TakeTurn(ct);
        var draft = await drafts.ForUpdate(id, caller, ct);
        await plans.RequireVersion(request.PlanVersion, ct);
        var live = await input.Read(ct);
        var replayed = DraftReplay.Replay(live, draft.Taken.Select(step => step.Step), clock.GetUtcNow());
        var plan = Require(draft, replayed, request.WithoutLost);
        await db.TakeOver(live, replayed.Facts, ct);
        var record = await plans.Publish(
            plan, replayed.Facts, new PlanStory("Draft", draft.OwnerName, plan.Plan.Method, watch.Elapsed), ct);
        draft.Publish(record.Version!.Value, clock.GetUtcNow());
        db.Audit("plan_draft", draft.Id, old: null, @new: new { Steps = replayed.Steps.Select(step => step.Step) });
        await plans.Forget(draft, clock.GetUtcNow(), ct);
        return TypedResults.Ok(new MoveAnswer(PlanView.Of(record), PlanChanges.Between(live, live.Plan, plan.Rows())));
    }

    static PlantPlan Require(PlanDraft draft, Replayed replayed, bool withoutLost)
    {
        if (replayed.Lost.Count > 0 && !withoutLost)
        {
            throw RuleViolation.Conflict("steps-lost",
                "Some steps are not possible any more. Publish without them, or look at the draft again.",
                ("draft", draft.Id), ("lost", replayed.Lost));
        }
        return replayed.Plan ?? throw new RuleViolation("draft-unchanged", "No step of the draft is left to publish.",
            ("draft", draft.Id));
    }
}
