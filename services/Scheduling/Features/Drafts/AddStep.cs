using FluentValidation;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Drafts;

/// <summary>Takes a step in a draft.</summary>
/// <param name="Step">The step.</param>
/// <param name="Revision">The revision that the caller saw; null: whichever is the last.</param>
public sealed record AddStep(PlanStep Step, int? Revision = null);

sealed class AddStepValidator : AbstractValidator<AddStep>
{
    public AddStepValidator()
    {
        RuleFor(add => add.Step).SetValidator(new PlanStepValidator());
        RuleFor(add => add.Revision).GreaterThanOrEqualTo(0);
    }
}

static class AddStepEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/drafts/{id:guid}/steps", Handle).Named("addStep", "Take a step in a draft")
            .RequireAuthorization(Permissions.MovePlanned);

    /// <summary>On the plan in force as it is now: what others have published meanwhile is there, and the draft's own steps on
    /// it.</summary>
    static async Task<Ok<DraftAnswer>> Handle(
        Guid id, AddStep request, DraftStore drafts, Caller caller, CancellationToken ct)
    {
        var draft = await drafts.ForUpdate(id, caller, ct);
        draft.RequireRevision(request.Revision);
        var open = await drafts.Bring(draft, draft.Revision, ct);
        return TypedResults.Ok(DraftAnswer.Of(await drafts.Add(open, request.Step, ct)));
    }
}
