using System.ComponentModel.DataAnnotations;
using Mes.Scheduling.Data;


namespace Mes.Scheduling.Features.Runs;

/// <summary>An attempt of a planning run, from the moment it is asked for.</summary>
public sealed record RunAttempt
{
    /// <summary>Identity of the run.</summary>
    public required Guid Id { get; init; }
    /// <summary>1 for the first attempt.</summary>
    public required int Attempt { get; init; }
    /// <summary>Rises in the order of asking.</summary>
    public required long Sequence { get; init; }
    /// <summary>What asked for it: a schedule, a person, an event's kind.</summary>
    public required string Trigger { get; init; }
    /// <summary>Full, Incremental, Repair, Scenario or Shift.</summary>
    [AllowedValues("Full", "Incremental", "Repair", "Scenario", "Shift")]
    public required string Mode { get; init; }
    /// <summary>The scenario that is planned, or null.</summary>
    public required Guid? ScenarioId { get; init; }
    /// <summary>Where it stands.</summary>
    public required RunStatus Status { get; init; }
    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }
    /// <summary>It does not begin earlier, UTC.</summary>
    public required DateTimeOffset NotBefore { get; init; }
    /// <summary>Start, UTC, or null while it waits.</summary>
    public required DateTimeOffset? StartedAt { get; init; }
    /// <summary>End, UTC, or null before that.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
    /// <summary>When somebody asked it to stop, UTC, or null.</summary>
    public required DateTimeOffset? CancelRequestedAt { get; init; }
    /// <summary>Number of orders in the model, or null before it is read.</summary>
    public required int? Orders { get; init; }
    /// <summary>Number of operations in the model, or null before it is read.</summary>
    public required int? Operations { get; init; }
    /// <summary>The objective's value by level, or null before the first plan.</summary>
    public required IReadOnlyList<long>? Value { get; init; }
    /// <summary>What it cannot fall below, by level, or null before the first plan.</summary>
    public required IReadOnlyList<long>? Bound { get; init; }
    /// <summary>Share of the first level that is not proved to be necessary, 0 to 1, or null before the first plan.</summary>
    public required double? Gap { get; init; }
    /// <summary>Number of orders that the best plan it found ends late, or null before that.</summary>
    public required int? LateOrders { get; init; }
    /// <summary>Σ seconds by which that plan ends orders late, or null before that.</summary>
    public required long? TardinessSeconds { get; init; }
    /// <summary>How many operations its plan has elsewhere than the plan before, or null where it made none.</summary>
    public required int? Moved { get; init; }
    /// <summary>How many orders are late by its plan and were not, or null where it made none.</summary>
    public required int? BecameLate { get; init; }
    /// <summary>How many orders are in time by its plan and were not, or null where it made none.</summary>
    public required int? NoLongerLate { get; init; }
    /// <summary>How long it took, milliseconds, or null before its end.</summary>
    public required long? DurationMs { get; init; }
    /// <summary>The plan it made, or null.</summary>
    public required Guid? PlanId { get; init; }
    /// <summary>The version under which that was published, or null.</summary>
    public required long? PlanVersion { get; init; }
    /// <summary>Why it failed, or null.</summary>
    public required string? Error { get; init; }
    /// <summary>Its page in the dashboard of jobs, or null before it was handed over.</summary>
    public required string? JobPage { get; init; }

    internal static RunAttempt Of(PlanningRun run) => new()
    {
        Id = run.Id, Attempt = run.Attempt, Sequence = run.Sequence, Trigger = run.Trigger, Mode = run.Mode,
        ScenarioId = run.ScenarioId, Status = run.Status, AskedAt = run.AskedAt, NotBefore = run.NotBefore,
        StartedAt = run.StartedAt, EndedAt = run.EndedAt, CancelRequestedAt = run.CancelRequestedAt, Orders = run.Orders,
        Operations = run.Operations, Value = run.Value, Bound = run.Bound, Gap = run.Gap, LateOrders = run.LateOrders,
        TardinessSeconds = run.TardinessSeconds, Moved = run.Moved, BecameLate = run.BecameLate,
        NoLongerLate = run.NoLongerLate, DurationMs = run.DurationMs, PlanId = run.PlanId, PlanVersion = run.PlanVersion,
        Error = run.Error, JobPage = run.JobPage
    };
}
