using Mes.Kernel;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Data;

/// <summary>Where a scenario stands.</summary>
public enum ScenarioStatus
{
    /// <summary>May be changed and planned.</summary>
    Draft,
    /// <summary>Its plan was published.</summary>
    Promoted,
    /// <summary>Given up.</summary>
    Discarded
}

/// <summary>A copy of the plan in force and of all it was made from, to try what if.</summary>
public sealed class Scenario
{
    const int ChangesMax = 1_000;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Name to show.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public ScenarioStatus Status { get; private set; }

    /// <summary>Version of the plan that it was copied from; 0 where there was none.</summary>
    public long BaseVersion { get; init; }

    /// <summary>Number of its current plan; undo goes back by one.</summary>
    public int Revision { get; private set; }

    /// <summary>The copied facts, as JSON.</summary>
    [NotAudited]
    public required string Facts { get; init; }

    /// <summary>What was changed, in order.</summary>
    public IReadOnlyList<ScenarioStep> Changes { get; private set; } = [];

    /// <summary>The instant for which it was copied, UTC.</summary>
    public DateTimeOffset Origin { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Only a draft can be changed.</summary>
    /// <exception cref="RuleViolation">It is none.</exception>
    public void RequireDraft()
    {
        if (Status != ScenarioStatus.Draft)
        {
            throw new RuleViolation("scenario-closed", "Only a draft can be changed. Make a new scenario.", ("scenario", Id),
                ("status", Status.ToString()));
        }
    }

    /// <summary>It takes so many changes and no more.</summary>
    /// <exception cref="RuleViolation">It has as many.</exception>
    public void RequireRoom()
    {
        if (Changes.Count >= ChangesMax)
        {
            throw new RuleViolation("too-many-changes", "Make a new scenario.", ("changes", Changes.Count));
        }
    }

    /// <summary>Adds a change, which the next revision answers.</summary>
    public void Add(ScenarioStep step) => Changes = [.. Changes, step with { Revision = Revision + 1 }];

    /// <summary>A copy, which begins with everything that was changed so far.</summary>
    public Scenario Copied(Guid id, string name, DateTimeOffset now) => new()
    {
        Id = id, Name = name, BaseVersion = BaseVersion, Facts = Facts, Origin = Origin, CreatedAt = now,
        Changes = [.. Changes.Select(step => step with { Revision = 1 })]
    };

    /// <summary>Goes on to the next revision.</summary>
    /// <returns>Its number.</returns>
    public int Advance() => ++Revision;

    /// <summary>Goes back by one revision, and takes back what that answered.</summary>
    /// <exception cref="RuleViolation">It is as it was copied.</exception>
    public void Undo()
    {
        if (Revision <= 1)
        {
            throw new RuleViolation("nothing-to-undo", "It is as it was copied.", ("revision", Revision));
        }
        Revision--;
        Changes = [.. Changes.Where(step => step.Revision <= Revision)];
    }

    /// <summary>Its plan is published.</summary>
    public void Promote() => Status = ScenarioStatus.Promoted;

    /// <summary>Gives it up.</summary>
    public void Discard() => Status = ScenarioStatus.Discarded;
}
