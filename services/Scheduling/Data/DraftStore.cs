using System.Diagnostics;
using Mes.Kernel;
using Mes.Scheduling.Domain;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Data;

/// <summary>A draft on the plan in force.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Live">What is known, with the plan in force.</param>
/// <param name="Facts">The same after the draft's steps.</param>
/// <param name="Plan">The plan after them.</param>
/// <param name="Seen">What the draft had planned when it was looked at last.</param>
sealed record OpenDraft(
    PlanDraft Draft, PlanningFacts Live, PlanningFacts Facts, PlanRecord Plan, IReadOnlyList<PlanRow> Seen);

/// <summary>Reads drafts, brings them up to the plan in force, and adds steps to them.</summary>
sealed class DraftStore(SchedulingDb db, PlanStore plans, PlanningInput input, TimeProvider clock)
{
    // by EF: the mapping reads the steps, which are JSON
    /// <summary>A draft as it stands.</summary>
    /// <exception cref="RuleViolation">There is none (404).</exception>
    public async Task<PlanDraft> Require(Guid id, CancellationToken ct) =>
        await db.Drafts.AsNoTracking().SingleOrDefaultAsync(draft => draft.Id == id, ct)
            ?? throw RuleViolation.NotFound("draft", id);

    /// <summary>A draft to change; whoever else would change it waits.</summary>
    /// <exception cref="RuleViolation">There is none (404), it is not open, or another's.</exception>
    public async Task<PlanDraft> ForUpdate(Guid id, Caller caller, CancellationToken ct)
    {
        var draft = await Hold(id, ct);
        draft.RequireOwn(caller.PersonId());
        return draft;
    }

    /// <summary>A draft that nobody changes meanwhile.</summary>
    /// <exception cref="RuleViolation">There is none (404).</exception>
    public async Task<PlanDraft> Hold(Guid id, CancellationToken ct) =>
        // EF has no FOR UPDATE
        await db.Drafts.FromSql($"SELECT * FROM plan_draft WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("draft", id);

    /// <summary>The plan of an open draft as it stands; null where it is closed.</summary>
    public async Task<PlanRecord?> PlanOf(PlanDraft draft, CancellationToken ct) => draft.Status != DraftStatus.Open ? null
        : draft.Revision == 0 ? await plans.OfVersion(draft.BaseVersion, ct) ?? await plans.InForce(ct)
        : await plans.Of(draft, draft.Revision, ct);

    /// <summary>
    /// Brings a draft to one of its revisions on the plan in force. Where a newer one is in force than it stands on, its steps
    /// are taken anew, and those that are not possible any more are dropped and told.
    /// </summary>
    public async Task<OpenDraft> Bring(PlanDraft draft, int revision, CancellationToken ct)
    {
        var live = await input.Read(ct);
        var inForce = await plans.Require(live.PlanId!.Value, ct);
        var seen = await PlanOf(draft, ct) is { } old ? await plans.Rows(old, ct) : live.Plan;
        if (draft.BaseVersion != inForce.Version) return await Rebase(draft, revision, live, inForce, seen, ct);
        var hasSeen = revision == draft.Revision;
        draft.GoTo(revision, clock.GetUtcNow());
        if (revision == 0) return new OpenDraft(draft, live, live, inForce, seen);
        if (await plans.Of(draft, revision, ct) is not { } plan) return await Rebase(draft, revision, live, inForce, seen, ct);
        var rows = hasSeen ? seen : await plans.Rows(plan, ct);
        return new OpenDraft(draft, live, DraftReplay.After(live, draft.Taken) with { Plan = rows }, plan, seen);
    }

    /// <summary>Adds a step; answers with the plan after it.</summary>
    /// <exception cref="RuleViolation">It is not possible; says why.</exception>
    public async Task<OpenDraft> Add(OpenDraft open, PlanStep step, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var (result, effect) = DraftReplay.Take(open.Live, open.Facts, step, clock.GetUtcNow());
        open.Draft.Add(step, effect, clock.GetUtcNow());
        var plan = await plans.Keep(result.Plan, result.Facts, open.Draft,
            new PlanStory("Draft", step.Kind.ToString(), result.Plan.Plan.Method, watch.Elapsed), ct);
        return open with { Facts = result.Facts, Plan = plan };
    }

    /// <summary>What the steps behind a draft's plan have pinned and let go; nothing of another plan.</summary>
    public async Task<DraftPins> Pins(PlanRecord plan, CancellationToken ct) => plan.DraftId is not { } id
        ? new DraftPins([])
        : new DraftPins((await Require(id, ct)).Steps.Where(step => step.Revision <= plan.Revision));

    async Task<OpenDraft> Rebase(PlanDraft draft, int revision, PlanningFacts live, PlanRecord inForce,
        IReadOnlyList<PlanRow> seen, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var (taken, undone) = (draft.Steps.Where(step => step.Revision <= revision).Select(step => step.Step),
            draft.Steps.Where(step => step.Revision > revision));
        var replayed = DraftReplay.Replay(live, taken, clock.GetUtcNow());
        await plans.Forget(draft, clock.GetUtcNow(), ct);
        draft.Rebase(inForce.Version!.Value, replayed, [.. undone], clock.GetUtcNow());
        var plan = replayed.Plan is { } made
            ? await plans.Keep(made, replayed.Facts, draft,
                new PlanStory("Draft", "plan in force", made.Plan.Method, watch.Elapsed), ct)
            : inForce;
        return new OpenDraft(draft, live, replayed.Facts, plan, seen);
    }
}

/// <summary>Pins that the steps of a draft have otherwise than the plant.</summary>
sealed class DraftPins
{
    readonly Dictionary<Guid, bool> _isPinned = [];

    public DraftPins(IEnumerable<DraftStep> steps)
    {
        foreach (var step in steps)
        {
            foreach (var place in step.Effect.Locked) _isPinned[place.OperationId] = true;
            foreach (var operation in step.Effect.Unlocked) _isPinned[operation] = false;
        }
    }

    /// <summary>Whether an operation is pinned; null: as in the plant.</summary>
    public bool? IsPinned(Guid operation) => _isPinned.TryGetValue(operation, out var isPinned) ? isPinned : null;

    /// <summary>The operations of which two drafts' plans, or a draft's and the plant's, say otherwise.</summary>
    public Guid[] Difference(DraftPins other) =>
        [.. _isPinned.Keys.Union(other._isPinned.Keys).Where(id => IsPinned(id) != other.IsPinned(id))];
}

/// <summary>Who a caller is to drafts.</summary>
static class DraftOwner
{
    /// <summary>The person's code, or the id of the program.</summary>
    public static string PersonId(this Caller caller) => caller.Operator ?? caller.SubjectId;
}
