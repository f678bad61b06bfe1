using System.ComponentModel.DataAnnotations;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Data;

/// <summary>How a plan came about, and how good it is.</summary>
public sealed record PlanView
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }
    /// <summary>Rises with each published plan; null where it is not published.</summary>
    public required long? Version { get; init; }
    /// <summary>The scenario it belongs to, or null.</summary>
    public required Guid? ScenarioId { get; init; }
    /// <summary>The draft it belongs to, or null.</summary>
    public required Guid? DraftId { get; init; }
    /// <summary>Its number within the scenario or draft, or null.</summary>
    public required int? Revision { get; init; }
    /// <summary>Version of the plan on which the draft stands, or null.</summary>
    public required long? BaseVersion { get; init; }
    /// <summary>The planning run that made it, or null.</summary>
    public required Guid? RunId { get; init; }
    /// <summary>Full, Incremental, Repair, Shift, Move, Undo, Draft or Scenario.</summary>
    [AllowedValues("Full", "Incremental", "Repair", "Shift", "Move", "Undo", "Draft", "Scenario")]
    public required string Mode { get; init; }
    /// <summary>Version of the plan to which an undo goes back, or null where there is no drag to undo.</summary>
    public required long? UndoVersion { get; init; }
    /// <summary>The operation whose drag would be undone, or null.</summary>
    public required Guid? UndoOperationId { get; init; }
    /// <summary>What made it necessary.</summary>
    public required string Trigger { get; init; }
    /// <summary>How it was found.</summary>
    public required string Method { get; init; }
    /// <summary>The instant it was made for, UTC.</summary>
    public required DateTimeOffset Origin { get; init; }
    /// <summary>Number of operations.</summary>
    public required int Operations { get; init; }
    /// <summary>Number of orders that end after their due date.</summary>
    public required int LateOrders { get; init; }
    /// <summary>Number of steps that cannot be planned, each with a reason of its own.</summary>
    public required int UnplannedSteps { get; init; }
    /// <summary>What is probably a mistake in the master data that it was made from; at most 100.</summary>
    public required IReadOnlyList<PlanWarning> Warnings { get; init; }
    /// <summary>Σ weight · seconds late.</summary>
    public required long WeightedTardinessSeconds { get; init; }
    /// <summary>No plan has less weighted tardiness, seconds.</summary>
    public required long BoundSeconds { get; init; }
    /// <summary>Share of the weighted tardiness that is not proved to be necessary, 0 to 1.</summary>
    public required double Gap { get; init; }
    /// <summary>Time from origin to the last end, seconds.</summary>
    public required long MakespanSeconds { get; init; }
    /// <summary>Σ seconds of sequence-dependent setup.</summary>
    public required long SetupSeconds { get; init; }
    /// <summary>Σ seconds from an order's first start to its last end.</summary>
    public required long WorkInProcessSeconds { get; init; }
    /// <summary>How long planning took, milliseconds.</summary>
    public required long DurationMs { get; init; }

    internal static PlanView Of(PlanRecord plan) => new()
    {
        Id = plan.Id, Version = plan.Version, ScenarioId = plan.ScenarioId, DraftId = plan.DraftId,
        Revision = plan.Revision, BaseVersion = plan.BaseVersion, RunId = plan.RunId,
        Mode = plan.Mode, UndoVersion = plan.UndoVersion, UndoOperationId = plan.UndoOperationId, Trigger = plan.Trigger,
        Method = plan.Method, Origin = plan.Origin, Operations = plan.Operations, LateOrders = plan.LateOrders,
        UnplannedSteps = plan.UnplannedSteps, Warnings = plan.Warnings,
        WeightedTardinessSeconds = plan.WeightedTardinessSeconds, BoundSeconds = plan.BoundSeconds, Gap = plan.Gap,
        MakespanSeconds = plan.MakespanSeconds, SetupSeconds = plan.SetupSeconds,
        WorkInProcessSeconds = plan.WorkInProcessSeconds, DurationMs = plan.DurationMs
    };
}
