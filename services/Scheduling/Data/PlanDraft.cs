using Mes.Kernel;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Data;

/// <summary>Where a draft stands.</summary>
public enum DraftStatus
{
    /// <summary>Its owner works in it.</summary>
    Open,
    /// <summary>Its steps are in the plan in force.</summary>
    Published,
    /// <summary>Given up.</summary>
    Discarded
}

/// <summary>Steps of a planner on the plan in force, which others see only once they are published.</summary>
public sealed class PlanDraft
{
    const int StepsMax = 100;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Who opened it and alone changes it: code of the person, or id of the program.</summary>
    public required string Owner { get; init; }

    /// <summary>The owner's name when it was opened.</summary>
    public required string OwnerName { get; init; }

    /// <summary>Where it stands.</summary>
    public DraftStatus Status { get; private set; }

    /// <summary>Version of the plan in force on which its steps were taken last.</summary>
    public long BaseVersion { get; private set; }

    /// <summary>Number of its steps that count; undo goes back by one.</summary>
    public int Revision { get; private set; }

    /// <summary>Its steps in order; those behind the revision are undone and can be redone.</summary>
    [NotAudited]
    public IReadOnlyList<DraftStep> Steps { get; private set; } = [];

    /// <summary>Steps that the last change of the plan in force made impossible, until the next change of the draft.</summary>
    [NotAudited]
    public IReadOnlyList<LostStep> Lost { get; private set; } = [];

    /// <summary>Version of the plan as which it was published, or null.</summary>
    public long? PublishedVersion { get; private set; }

    /// <summary>When it was opened, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last, UTC.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Its steps that count.</summary>
    internal IEnumerable<DraftStep> Taken => Steps.Where(step => step.Revision <= Revision);

    /// <summary>Number of steps that can be redone.</summary>
    internal int Undone => Steps.Count(step => step.Revision > Revision);

    /// <summary>A new draft.</summary>
    public static PlanDraft Open(Guid id, string owner, string ownerName, long baseVersion, DateTimeOffset now) => new()
    {
        Id = id, Owner = owner, OwnerName = ownerName, BaseVersion = baseVersion, CreatedAt = now, ChangedAt = now
    };

    /// <summary>Only an open draft is changed, and only by its owner.</summary>
    /// <exception cref="RuleViolation">It is not open, or another's.</exception>
    public void RequireOwn(string person)
    {
        if (person != Owner)
        {
            throw RuleViolation.Forbidden("not-your-draft", "Only its owner changes a draft. Open one of your own.",
                ("draft", Id), ("owner", OwnerName));
        }
        if (Status != DraftStatus.Open)
        {
            throw new RuleViolation("draft-closed", "Only an open draft can be changed. Open a new one.",
                ("draft", Id), ("status", Status.ToString()));
        }
    }

    /// <summary>The caller has seen its last revision.</summary>
    /// <exception cref="RuleViolation">Another one (409).</exception>
    public void RequireRevision(int? seen)
    {
        if (seen is not null && seen != Revision)
        {
            throw RuleViolation.Conflict("draft-moved-on", "The draft was changed elsewhere. Look at it, then try again.",
                ("draft", Id), ("seen", seen), ("revision", Revision));
        }
    }

    /// <summary>The revision to which an undo goes back.</summary>
    /// <exception cref="RuleViolation">There is none.</exception>
    public int RevisionBefore() => Revision > 0 ? Revision - 1 : throw new RuleViolation("no-step-to-undo",
        "The draft has no step that could be undone.", ("draft", Id));

    /// <summary>The revision to which a redo goes on.</summary>
    /// <exception cref="RuleViolation">There is none.</exception>
    public int RevisionAfter() => Undone > 0 ? Revision + 1 : throw new RuleViolation("no-step-to-redo",
        "The draft has no undone step; a new step ends redoing.", ("draft", Id));

    /// <summary>Goes to a revision.</summary>
    public void GoTo(int revision, DateTimeOffset now) => (Revision, Lost, ChangedAt) = (revision, [], now);

    /// <summary>Adds a step; what was undone cannot be redone any more.</summary>
    /// <exception cref="RuleViolation">It takes no more.</exception>
    public void Add(PlanStep step, StepEffect effect, DateTimeOffset now)
    {
        if (Revision >= StepsMax)
        {
            throw new RuleViolation("too-many-steps", "Publish the draft, then go on in a new one.", ("steps", Revision));
        }
        Steps = [.. Taken, new DraftStep(Revision + 1, step, effect)];
        (Revision, ChangedAt) = (Revision + 1, now);
    }

    /// <summary>Its steps were taken anew on the plan in force; those behind them stay undone.</summary>
    public void Rebase(long version, Replayed replayed, IEnumerable<DraftStep> undone, DateTimeOffset now)
    {
        (BaseVersion, Revision, Lost, ChangedAt) = (version, replayed.Steps.Count, replayed.Lost, now);
        Steps = [.. replayed.Steps, .. undone.Select((step, i) => step with { Revision = replayed.Steps.Count + 1 + i })];
    }

    /// <summary>Its steps are in the plan in force.</summary>
    public void Publish(long version, DateTimeOffset now) =>
        (Status, PublishedVersion, ChangedAt) = (DraftStatus.Published, version, now);

    /// <summary>Gives it up.</summary>
    public void Discard(DateTimeOffset now) => (Status, ChangedAt) = (DraftStatus.Discarded, now);
}
