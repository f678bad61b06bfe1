using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Features.Drafts;

/// <summary>A draft, its steps and its current plan.</summary>
/// <param name="Id">Identity: the id of the command that opened it.</param>
/// <param name="Owner">Who opened it and alone changes it: code of the person, or id of the program.</param>
/// <param name="OwnerName">The owner's name when it was opened.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="BaseVersion">Version of the plan in force on which its steps were taken last.</param>
/// <param name="Revision">Number of its steps that count; undo goes back by one.</param>
/// <param name="Undone">Number of steps that can be redone.</param>
/// <param name="PublishedVersion">Version of the plan as which it was published, or null.</param>
/// <param name="CreatedAt">When it was opened, UTC.</param>
/// <param name="ChangedAt">When it was changed last, UTC.</param>
/// <param name="Steps">Its steps that count, in order, at most 100.</param>
/// <param name="Lost">Steps that a newer plan in force has made impossible; told until the draft's next change.</param>
/// <param name="Plan">Its current plan, that in force where no step counts; null once it is closed.</param>
public sealed record DraftView(
    Guid Id, string Owner, string OwnerName, DraftStatus Status, long BaseVersion, int Revision, int Undone,
    long? PublishedVersion, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, IReadOnlyList<DraftStep> Steps,
    IReadOnlyList<LostStep> Lost, PlanView? Plan)
{
    internal static DraftView Of(PlanDraft draft, PlanRecord? plan) => new(
        draft.Id, draft.Owner, draft.OwnerName, draft.Status, draft.BaseVersion, draft.Revision, draft.Undone,
        draft.PublishedVersion, draft.CreatedAt, draft.ChangedAt, [.. draft.Taken], draft.Lost,
        plan is null ? null : PlanView.Of(plan));
}

/// <summary>A draft after a change, and what its plan has otherwise than before.</summary>
/// <param name="Draft">The draft with its plan.</param>
/// <param name="Difference">What the plan has otherwise.</param>
public sealed record DraftAnswer(DraftView Draft, PlanChanges Difference)
{
    internal static DraftAnswer Of(OpenDraft open) => new(
        DraftView.Of(open.Draft, open.Plan), PlanChanges.Between(open.Facts, open.Seen, open.Facts.Plan));
}
