using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>A plan for every operation of a model, with its value and what is known of the best possible.</summary>
public sealed record Plan
{
    /// <summary>Every operation once, in the order of the model.</summary>
    public required IReadOnlyList<PlannedOperation> Operations { get; init; }

    /// <summary>Every criterion, whether the objective uses it or not.</summary>
    public required PlanMeasures Measures { get; init; }

    /// <summary>The objective's value.</summary>
    public required ObjectiveValue Value { get; init; }

    /// <summary>No plan of this model has a smaller figure on any criterion, as far as proved.</summary>
    public required PlanMeasures BoundMeasures { get; init; }

    /// <summary>The objective's value at <see cref="BoundMeasures"/>: no plan is better than this.</summary>
    public required ObjectiveValue Bound { get; init; }

    /// <summary>Equipment and start by operation id: the plan as a later plan's baseline.</summary>
    public Dictionary<string, Placement> Placements => Operations.ToDictionary(
        planned => planned.OperationId, planned => new Placement(planned.EquipmentId, planned.StartSeconds));

    /// <summary>How the plan was found, for people.</summary>
    public required string Method { get; init; }

    /// <summary>The plan, known to be optimal by its objective.</summary>
    internal Plan Proved(Objective objective) => this with
    {
        Bound = Value,
        BoundMeasures = objective.Levels[0] is [var only] ? only.Criterion switch
        {
            Criterion.WeightedTardiness => BoundMeasures with { WeightedTardiness = Measures.WeightedTardiness },
            Criterion.Makespan => BoundMeasures with { Makespan = Measures.Makespan },
            Criterion.SetupTime => BoundMeasures with { SetupTime = Measures.SetupTime },
            _ => BoundMeasures,
        } : BoundMeasures,
    };

    /// <summary>Share of the objective's first level that is not proved to be necessary, 0 to 1; 0: optimal
    /// there.</summary>
    public double Gap => Value.Levels[0] <= Bound.Levels[0]
        ? 0
        : (Value.Levels[0] - Bound.Levels[0]) / (double)Value.Levels[0];
}

/// <summary>Where and when an operation is done; times in seconds from the origin.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="JobId">Its job.</param>
/// <param name="EquipmentId">Where.</param>
/// <param name="SetupStartSeconds">When its setup starts; equal to the start if it needs none.</param>
/// <param name="StartSeconds">When it starts.</param>
/// <param name="EndSeconds">When it ends, pauses included.</param>
public sealed record PlannedOperation(
    string OperationId, string JobId, string EquipmentId, int SetupStartSeconds, int StartSeconds, int EndSeconds)
{
    /// <summary>Why it does not start earlier.</summary>
    public Wait Waits { get; init; } = Wait.ForNothing;
}

/// <summary>What keeps an operation from starting earlier.</summary>
public enum WaitReason
{
    /// <summary>Nothing: it starts at the origin.</summary>
    Nothing,

    /// <summary>The work has begun already.</summary>
    Running,

    /// <summary>The planner has locked it.</summary>
    Lock,

    /// <summary>It lies in, or may not enter, the frozen zone.</summary>
    FrozenZone,

    /// <summary>The job's release date.</summary>
    Release,

    /// <summary>Its material.</summary>
    Material,

    /// <summary>A predecessor.</summary>
    Predecessor,

    /// <summary>The operation before it on its equipment.</summary>
    Equipment,

    /// <summary>The setup after the operation before it.</summary>
    Setup,

    /// <summary>Open time of the equipment or of a resource.</summary>
    Calendar,

    /// <summary>A secondary resource that others use.</summary>
    Resource,

    /// <summary>A later operation that must not wait for it too long.</summary>
    MaximumLag,

    /// <summary>The time up to the next operation on its equipment was too short, or others were preferred.</summary>
    Sequence,

    /// <summary>Nothing holds it: it keeps the place that it had in the plan before.</summary>
    EarlierPlan,
}

/// <summary>The reason of a wait and what it refers to.</summary>
/// <param name="Reason">Why.</param>
/// <param name="On">Id of the operation, resource or equipment that is waited for, where there is one.</param>
public sealed record Wait(WaitReason Reason, string? On = null)
{
    /// <summary>It starts at the origin.</summary>
    public static Wait ForNothing { get; } = new(WaitReason.Nothing);
}
