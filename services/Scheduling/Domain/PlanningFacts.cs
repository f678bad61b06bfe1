using System.Text.Json.Serialization;

namespace Mes.Scheduling.Domain;

/// <summary>Everything a plan is made from, as one snapshot.</summary>
/// <param name="Demand">Open orders.</param>
/// <param name="Capacity">What the plant can do.</param>
/// <param name="Plan">The plan in force; empty where there is none.</param>
/// <param name="Settings">How to plan.</param>
public sealed record PlanningFacts(
    IReadOnlyList<DemandOrder> Demand, PlantCapacity Capacity, IReadOnlyList<PlanRow> Plan, PlanningSettings Settings)
{
    /// <summary>The plan in force, also where it is empty; null where there is none.</summary>
    [JsonIgnore]
    public Guid? PlanId { get; init; }

    /// <summary>What the plan in force leaves out: step and reason.</summary>
    [JsonIgnore]
    public IReadOnlySet<(Guid OperationId, string Code)> UnplannedInForce { get; init; } = new HashSet<(Guid, string)>();

    /// <summary>Which orders the plan in force calls late, and against which due date.</summary>
    [JsonIgnore]
    public IReadOnlySet<(Guid OrderId, DateTimeOffset DueAt)> LateInForce { get; init; } =
        new HashSet<(Guid, DateTimeOffset)>();

    /// <summary>What the plan in force warns of.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlanWarning> WarningsInForce { get; init; } = [];

    /// <summary>What was taken out of the demand because it cannot be planned.</summary>
    [JsonIgnore]
    public IReadOnlyList<UnplannedStep> Unplanned { get; init; } = [];

    /// <summary>The facts with other words for some of the operations, by their ids.</summary>
    public PlanningFacts With(IReadOnlyDictionary<Guid, DemandOperation> told) => this with
    {
        Demand = [.. Demand.Select(order => order.Operations.Any(o => told.ContainsKey(o.OperationId))
            ? order with { Operations = [.. order.Operations.Select(o => told.GetValueOrDefault(o.OperationId, o))] }
            : order)]
    };

    /// <summary>An operation of the open orders, or null.</summary>
    public DemandOperation? Operation(Guid id) =>
        Demand.SelectMany(order => order.Operations).FirstOrDefault(operation => operation.OperationId == id);
}

/// <summary>A planned operation.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="Equipment">Equipment code.</param>
/// <param name="SetupStartsAt">Start of its setup, UTC; equal to the start where there is none.</param>
/// <param name="StartsAt">Start of the run, UTC.</param>
/// <param name="EndsAt">End of the run, UTC.</param>
/// <param name="WaitsFor">Why it does not start earlier: a reason of the engine, or QualityHold.</param>
/// <param name="WaitsOn">The operation, resource or equipment it waits for, or null.</param>
public sealed record PlanRow(
    Guid OperationId, Guid OrderId, string Equipment, DateTimeOffset SetupStartsAt, DateTimeOffset StartsAt,
    DateTimeOffset EndsAt, string WaitsFor = "Nothing", string? WaitsOn = null);
