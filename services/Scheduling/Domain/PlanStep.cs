namespace Mes.Scheduling.Domain;

/// <summary>What a planner does to a plan.</summary>
public enum PlanStepKind
{
    /// <summary>Operations are put elsewhere.</summary>
    Move,
    /// <summary>Two operations trade their places.</summary>
    Swap,
    /// <summary>Operations are pinned where they are.</summary>
    Lock,
    /// <summary>Operations are no longer pinned.</summary>
    Unlock,
    /// <summary>Operations, and what follows them, are taken out of the plan.</summary>
    Unplan,
    /// <summary>Operations that were taken out join the plan again.</summary>
    PlanAgain,
    /// <summary>An order's operations go to one side of the room that others leave.</summary>
    PlaceOrder
}

/// <summary>Where an order is placed.</summary>
public enum OrderSide
{
    /// <summary>As early as it can be.</summary>
    Earliest,
    /// <summary>As late as its due date allows.</summary>
    Latest
}

/// <summary>An operation and the place it shall have.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="StartsAt">Start of its run, UTC.</param>
public sealed record PlacedOperation(Guid OperationId, string Equipment, DateTimeOffset StartsAt);

/// <summary>One step of a planner. Which members it needs depends on its kind.</summary>
/// <param name="Kind">What is done.</param>
public sealed record PlanStep(PlanStepKind Kind)
{
    /// <summary>The operations that are moved, each with its new place, 1 to 200 (move).</summary>
    public IReadOnlyList<PlacedOperation>? Operations { get; init; }

    /// <summary>The operations: two to swap, 1 to 1,000 to lock, unlock, unplan or plan again.</summary>
    public IReadOnlyList<Guid>? OperationIds { get; init; }

    /// <summary>The order (place order).</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Where the order is placed (place order).</summary>
    public OrderSide? Side { get; init; }

    /// <summary>Whether what is moved, swapped or placed is pinned there, so that the next planning run leaves it.</summary>
    public bool Lock { get; init; } = true;
}

/// <summary>The plan after a step, and the facts with the pins and the operations taken out as they are then.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Facts">The facts.</param>
public sealed record PlanStepResult(PlantPlan Plan, PlanningFacts Facts);
