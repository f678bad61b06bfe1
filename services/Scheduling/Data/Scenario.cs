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

/// <summary>A change, and the revision of the plan that answers it.</summary>
public sealed record ScenarioStep(int Revision, ScenarioChange Change);

/// <summary>A copy of the plan in force and of all it was made from, to try what if.</summary>
public sealed class Scenario
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Name to show.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public ScenarioStatus Status { get; set; }

    /// <summary>Version of the plan that it was copied from; 0 where there was none.</summary>
    public long BaseVersion { get; init; }

    /// <summary>Number of its current plan; undo goes back by one.</summary>
    public int Revision { get; set; }

    /// <summary>The copied facts, as JSON.</summary>
    [NotAudited]
    public required string Facts { get; init; }

    /// <summary>What was changed, in order.</summary>
    public required IReadOnlyList<ScenarioStep> Changes { get; set; }

    /// <summary>The instant for which it was copied, UTC.</summary>
    public DateTimeOffset Origin { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
