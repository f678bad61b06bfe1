using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Scheduling.Features.Drafts;

static class RedoStepEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/drafts/{id:guid}/redo", Handle).Named("redoStep", "Redo the last undone step of a draft")
            .RequireAuthorization(Permissions.MovePlanned);

    static async Task<Ok<DraftAnswer>> Handle(Guid id, DraftStore drafts, Caller caller, CancellationToken ct)
    {
        var draft = await drafts.ForUpdate(id, caller, ct);
        return TypedResults.Ok(DraftAnswer.Of(await drafts.Bring(draft, draft.RevisionAfter(), ct)));
    }
}
