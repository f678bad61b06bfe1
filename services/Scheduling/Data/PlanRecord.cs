using Mes.Scheduling.Domain;


namespace Mes.Scheduling.Data;

/// <summary>A drag that can be taken back.</summary>
/// <param name="Version">Version of the plan before it.</param>
/// <param name="OperationId">The operation that was dragged.</param>
public sealed record PlanUndo(long Version, Guid OperationId);

/// <summary>How a plan came about, and how good it is.</summary>
public sealed class PlanRecord
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Rises with each published plan; null where it is not published.</summary>
    public long? Version { get; init; }

    /// <summary>The scenario it belongs to, or null.</summary>
    public Guid? ScenarioId { get; init; }

    /// <summary>The draft it belongs to, or null.</summary>
    public Guid? DraftId { get; init; }

    /// <summary>Its number within the scenario or draft, or null.</summary>
    public int? Revision { get; init; }

    /// <summary>Version of the plan on which the draft stands, or null.</summary>
    public long? BaseVersion { get; init; }

    /// <summary>The planning run that made it, or null.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Full, Incremental, Repair, Shift, Move, Undo, Draft or Scenario.</summary>
    public required string Mode { get; init; }

    /// <summary>Version of the plan to which an undo goes back, or null where there is no drag to undo.</summary>
    public long? UndoVersion { get; init; }

    /// <summary>The operation whose drag would be undone, or null.</summary>
    public Guid? UndoOperationId { get; init; }

    internal PlanUndo? Undo => UndoVersion is { } version ? new PlanUndo(version, UndoOperationId!.Value) : null;

    /// <summary>What made it necessary.</summary>
    public string Trigger { get; init; } = "";

    /// <summary>How it was found.</summary>
    public required string Method { get; init; }

    /// <summary>The instant it was made for, UTC.</summary>
    public DateTimeOffset Origin { get; init; }

    /// <summary>Number of operations.</summary>
    public int Operations { get; init; }

    /// <summary>Number of orders that end after their due date.</summary>
    public int LateOrders { get; init; }

    /// <summary>Number of steps that cannot be planned, each with a reason of its own.</summary>
    public int UnplannedSteps { get; init; }

    /// <summary>What is probably a mistake in the master data that it was made from; at most 100.</summary>
    public IReadOnlyList<PlanWarning> Warnings { get; init; } = [];

    /// <summary>Σ weight · seconds late.</summary>
    public long WeightedTardinessSeconds { get; init; }

    /// <summary>No plan has less.</summary>
    public long BoundSeconds { get; init; }

    /// <summary>Share not proved to be necessary, 0 to 1.</summary>
    public double Gap { get; init; }

    /// <summary>Time from origin to the last end, seconds.</summary>
    public long MakespanSeconds { get; init; }

    /// <summary>Σ seconds of sequence-dependent setup.</summary>
    public long SetupSeconds { get; init; }

    /// <summary>Σ seconds from an order's first start to its last end.</summary>
    public long WorkInProcessSeconds { get; init; }

    /// <summary>How long planning took, milliseconds.</summary>
    public long DurationMs { get; init; }
}

/// <summary>Where a planning run stands.</summary>
public enum RunStatus
{
    /// <summary>Under way.</summary>
    Running,
    /// <summary>Asked for; it waits for its time or its turn.</summary>
    Waiting,
    /// <summary>It has made a plan.</summary>
    Done,
    /// <summary>Nothing had changed, or the plan in force was as good.</summary>
    Unchanged,
    /// <summary>Stopped by a person; the best plan so far was kept.</summary>
    Cancelled,
    /// <summary>It made no plan; the plan in force stays.</summary>
    Failed
}

/// <summary>An operation pinned to its place.</summary>
/// <param name="operationId">The operation.</param>
/// <param name="equipment">Where.</param>
/// <param name="startsAt">Start of its run, UTC.</param>
public sealed class LockedOperation(Guid operationId, string equipment, DateTimeOffset startsAt)
{
    /// <summary>The operation.</summary>
    public Guid OperationId { get; } = operationId;

    /// <summary>Where.</summary>
    public string Equipment { get; private set; } = equipment;

    /// <summary>Start of its run, UTC.</summary>
    public DateTimeOffset StartsAt { get; private set; } = startsAt;

    /// <summary>Why, or null.</summary>
    public string? Reason { get; private set; }

    /// <summary>Pins it to another place; the reason stays.</summary>
    public void MoveTo(string equipment, DateTimeOffset startsAt) => (Equipment, StartsAt) = (equipment, startsAt);

    /// <summary>Says why it is pinned, or with null nothing of it.</summary>
    public void Explain(string? reason) => Reason = reason;
}
