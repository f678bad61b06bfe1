using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Drafts;

static class OpenDraftEndpoint
{
    const int OpenMax = 20;

    public static void Map(RouteGroupBuilder api) => api.MapPost("/drafts", Handle)
        .Named("openDraft", "Open a draft on the current plan").RequireAuthorization(Permissions.MovePlanned);

    /// <summary>Others see nothing of it in the plan in force until it is published.</summary>
    static async Task<Created<DraftView>> Handle(
        [FromHeader(Name = CommandHeader.Name)] Guid commandId, SchedulingDb db, PlanStore plans, Caller caller,
        TimeProvider clock, CancellationToken ct)
    {
        await plans.TakeTurn(ct);
        var owner = caller.PersonId();
        var open = await db.Drafts.CountAsync(draft => draft.Owner == owner && draft.Status == DraftStatus.Open, ct);
        if (open >= OpenMax)
        {
            throw new RuleViolation("too-many-drafts", "Publish or discard one of your drafts first.", ("open", open));
        }
        var inForce = await plans.InForce(ct)
            ?? throw new RuleViolation("no-plan-in-force", "Have a plan made first; a draft stands on it.");
        var draft = PlanDraft.Open(commandId, owner, caller.Name, inForce.Version!.Value, clock.GetUtcNow());
        db.Drafts.Add(draft);
        return TypedResults.Created((string?)null, DraftView.Of(draft, inForce));
    }
}
