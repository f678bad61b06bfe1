namespace Mes.Contracts;

/// <summary>One operation of a published plan.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Equipment code.</param>
/// <param name="SetupStartsAt">Start of its setup, UTC; equal to the start where there is none.</param>
/// <param name="StartsAt">Start of the run, UTC.</param>
/// <param name="EndsAt">End of the run, UTC.</param>
public sealed record ScheduledOperation(
    Guid OperationId, string Equipment, DateTimeOffset SetupStartsAt, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>A part of a published plan; the plan is in force when all its chunks have arrived.</summary>
/// <param name="PlanId">Identity of the plan.</param>
/// <param name="Version">Rises with each published plan; a consumer keeps the newest complete one.</param>
/// <param name="Chunk">Number of this part, from 0.</param>
/// <param name="Chunks">How many parts the plan has.</param>
/// <param name="Operations">The operations of this part.</param>
[State("workorders-take-plan")]
public sealed record SchedulePublished(
    Guid PlanId, long Version, int Chunk, int Chunks, IReadOnlyList<ScheduledOperation> Operations);

/// <summary>A secondary resource that routings may name: operators of a skill, a tool, a mould.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Capacity">Units that can be in use at the same time, at least 1.</param>
[State("workorders-know-resource")]
public sealed record ResourceChanged(string Code, long Version, string Name, int Capacity);

/// <summary>How far a planning run is; for whoever watches, nobody else depends on it.</summary>
/// <param name="RunId">Identity of the run.</param>
/// <param name="Version">Rises with each news of the run.</param>
/// <param name="Status">Running, Done, Failed or Cancelled.</param>
/// <param name="Seconds">Time since the search began, seconds.</param>
/// <param name="Value">The objective's value by level, the first weighs most; empty before the first plan.</param>
/// <param name="Bound">What the value cannot fall below, by level.</param>
/// <param name="Gap">Share of the first level that is not proved to be necessary, 0 to 1.</param>
[State]
public sealed record PlanningProgressed(
    Guid RunId, long Version, string Status, double Seconds, IReadOnlyList<long> Value, IReadOnlyList<long> Bound, double Gap);
