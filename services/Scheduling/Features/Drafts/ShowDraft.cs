using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Scheduling.Features.Drafts;

static class ShowDraftEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/drafts/{id:guid}", Handle).Named("showDraft", "Show a draft")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>Where a newer plan is in force than the draft stands on, it is brought up to that plan for its owner; others see
    /// it as the owner saw it last.</summary>
    static async Task<DraftView> Handle(
        Guid id, SchedulingDb db, DraftStore drafts, PlanStore plans, OutboxSignal<SchedulingDb> signal, Caller caller,
        CancellationToken ct)
    {
        var draft = await drafts.Require(id, ct);
        var isBehind = draft.Status == DraftStatus.Open && draft.BaseVersion != await plans.Version(ct);
        if (!isBehind || draft.Owner != caller.PersonId()) return DraftView.Of(draft, await drafts.PlanOf(draft, ct));
        (db.Actor, db.Action) = (caller.ToActor(), "rebase-draft");
        return await db.InTransaction(signal, async () =>
        {
            var own = await drafts.Hold(id, ct);
            if (own.Status != DraftStatus.Open) return DraftView.Of(own, plan: null);     // closed since it was read
            var open = await drafts.Bring(own, own.Revision, ct);
            return DraftView.Of(open.Draft, open.Plan);
        }, ct);
    }
}
