using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Drafts;

static class DiscardDraftEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/drafts/{id:guid}/discard", Handle).Named("discardDraft", "Discard a draft")
            .RequireAuthorization(Permissions.MovePlanned);

    static async Task<NoContent> Handle(
        Guid id, DraftStore drafts, PlanStore plans, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var draft = await drafts.ForUpdate(id, caller, ct);
        draft.Discard(clock.GetUtcNow());
        await plans.Forget(draft, clock.GetUtcNow(), ct);
        return TypedResults.NoContent();
    }
}
