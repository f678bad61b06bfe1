namespace Mes.Scheduling.Data;

/// <summary>An attempt of a planning run: the one record of it, from the moment it is asked for.</summary>
public sealed class PlanningRun
{
    /// <summary>Identity of the run.</summary>
    public Guid Id { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; init; }

    /// <summary>Rises in the order of asking.</summary>
    public long Sequence { get; init; }

    /// <summary>What asked for it: a schedule, a person, an event's kind.</summary>
    public required string Trigger { get; init; }

    /// <summary>Full, Incremental, Repair, Scenario or Shift.</summary>
    public required string Mode { get; init; }

    /// <summary>The scenario that is planned, or null.</summary>
    public Guid? ScenarioId { get; init; }

    /// <summary>Where it stands.</summary>
    public RunStatus Status { get; set; }

    /// <summary>When it was asked for, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>It does not begin earlier, UTC.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>Start, UTC, or null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>End, UTC, or null before that.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When somebody asked it to stop, UTC, or null.</summary>
    public DateTimeOffset? CancelRequestedAt { get; set; }

    /// <summary>Number of orders in the model.</summary>
    public int? Orders { get; set; }

    /// <summary>Number of operations in the model.</summary>
    public int? Operations { get; set; }

    /// <summary>The objective's value by level, or null before the first plan.</summary>
    public IReadOnlyList<long>? Value { get; set; }

    /// <summary>What it cannot fall below, by level.</summary>
    public IReadOnlyList<long>? Bound { get; set; }

    /// <summary>Share of the first level that is not proved to be necessary, 0 to 1.</summary>
    public double? Gap { get; set; }

    /// <summary>How long it took, milliseconds.</summary>
    public long? DurationMs { get; set; }

    /// <summary>The plan it made, or null.</summary>
    public Guid? PlanId { get; set; }

    /// <summary>The version under which that was published, or null.</summary>
    public long? PlanVersion { get; set; }

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; set; }

    /// <summary>The job engine's number of it, or null before it was handed over.</summary>
    public string? JobId { get; set; }

    /// <summary>Its page in the dashboard of jobs, or null.</summary>
    public string? JobPage => JobId is { } job ? $"/jobs/scheduling/jobs/details/{job}" : null;

    /// <summary>Who runs it: what another wrote down of it does not count any more.</summary>
    internal Guid? Owner { get; init; }

    /// <summary>How often its process died while it ran.</summary>
    internal int Interruptions { get; init; }

    /// <summary>A run that waits to begin.</summary>
    internal static PlanningRun Asked(Guid id, string mode, string trigger, DateTimeOffset now) => new()
    {
        Id = id, Attempt = 1, Mode = mode, Trigger = trigger, Status = RunStatus.Waiting, AskedAt = now, NotBefore = now
    };

    /// <summary>A run of a scenario that waits to begin.</summary>
    internal static PlanningRun OfScenario(Guid id, Guid scenario, DateTimeOffset now) => new()
    {
        Id = id, Attempt = 1, Mode = "Scenario", Trigger = "scenario", ScenarioId = scenario, Status = RunStatus.Waiting,
        AskedAt = now, NotBefore = now
    };
}
