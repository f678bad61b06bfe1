using Mes.Contracts;

namespace Mes.Scheduling.Domain;

/// <summary>An open order as the planner sees it.</summary>
/// <param name="OrderId">Identity.</param>
/// <param name="Number">The ERP's number.</param>
/// <param name="Quantity">Ordered quantity.</param>
/// <param name="Priority">0 normal, 100 and above rush.</param>
/// <param name="ReleaseAt">Earliest start, UTC, or null.</param>
/// <param name="DueAt">Due date, UTC, or null.</param>
/// <param name="Operations">The operations that are not done, in their order.</param>
public sealed record DemandOrder(
    Guid OrderId, string Number, decimal Quantity, int Priority, DateTimeOffset? ReleaseAt, DateTimeOffset? DueAt,
    IReadOnlyList<DemandOperation> Operations)
{
    /// <summary>Priority from which on an order is a rush order.</summary>
    public const int RushPriority = 100;

    /// <summary>Whether components are missing.</summary>
    public bool IsShort { get; init; }

    /// <summary>When the missing components are expected, UTC; null where nobody knows.</summary>
    public DateTimeOffset? MaterialAt { get; init; }
}

/// <summary>An operation to plan.</summary>
/// <param name="OperationId">Identity.</param>
/// <param name="Equipment">Codes of the equipment that can do it.</param>
/// <param name="SetupSeconds">Setup to do, seconds; where the equipment has a setup matrix, that decides instead.</param>
/// <param name="RunSecondsPerUnit">Run time per item, seconds.</param>
/// <param name="Remaining">Quantity still to make.</param>
public sealed record DemandOperation(
    Guid OperationId, IReadOnlyList<string> Equipment, decimal SetupSeconds, decimal RunSecondsPerUnit, decimal Remaining)
{
    /// <summary>Short name, unique in the order.</summary>
    public string Code { get; init; } = "";

    /// <summary>Family for sequence-dependent setups, or null.</summary>
    public string? SetupFamily { get; init; }

    /// <summary>Equipment whose times differ.</summary>
    public IReadOnlyList<OperationAlternative> Alternatives { get; init; } = [];

    /// <summary>What it needs beside its equipment.</summary>
    public IReadOnlyList<ResourceNeed> Resources { get; init; } = [];

    /// <summary>What it follows; null: the operation before it, without a lag.</summary>
    public IReadOnlyList<OperationLink>? Links { get; init; }

    /// <summary>Whether the work may pause while the equipment is closed.</summary>
    public bool IsSplittable { get; init; } = true;

    /// <summary>Codes of the equipment that is still set up for it, as nothing else was done there since.</summary>
    public IReadOnlyList<string> SetUpAt { get; init; } = [];

    /// <summary>Where and since when it is worked on, or null.</summary>
    public RunningWork? Running { get; init; }

    /// <summary>Whether Quality blocks it.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether the planner has taken it out of the plan.</summary>
    public bool IsTakenOut { get; init; }

    /// <summary>The planner's pin, or null.</summary>
    public OperationLock? Lock { get; init; }

    /// <summary>Setup on equipment that has no setup times by family, seconds. Begun work needs its setup anew where the
    /// equipment is not, or no longer, set up for it.</summary>
    public decimal SetupSecondsOn(string equipment) =>
        SetUpAt.Contains(equipment) ? 0 : On(equipment)?.SetupSeconds ?? SetupSeconds;

    /// <summary>Run of what remains on equipment, seconds.</summary>
    public decimal RunSecondsOn(string equipment) => (On(equipment)?.RunSecondsPerUnit ?? RunSecondsPerUnit) * Remaining;

    OperationAlternative? On(string equipment) =>
        Alternatives.FirstOrDefault(alternative => alternative.Equipment == equipment);
}

/// <summary>Work under way.</summary>
/// <param name="Equipment">Where.</param>
/// <param name="StartedAt">Since when, UTC.</param>
public sealed record RunningWork(string Equipment, DateTimeOffset StartedAt)
{
    /// <summary>Its planned end, UTC, where nothing is reported and only a lock says that it is under way; else null.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether it is taken to be under way because it is locked there.</summary>
    public bool IsTaken => EndsAt is not null;
}

/// <summary>An operation's place, pinned.</summary>
/// <param name="Equipment">Where.</param>
/// <param name="StartsAt">Start of its run, UTC.</param>
public sealed record OperationLock(string Equipment, DateTimeOffset StartsAt)
{
    /// <summary>Whether the facts have made its start impossible: then only its equipment is kept.</summary>
    public bool GivesWay { get; init; }

    /// <summary>Since when the equipment is being set up for it, UTC; null where that has not begun.</summary>
    public DateTimeOffset? SetUpSince { get; init; }
}
