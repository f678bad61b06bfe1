using Mes.Kernel;

namespace Mes.Scheduling.Data;

/// <summary>An attempt of a planning run: the one record of it, from the moment it is asked for.</summary>
public sealed class PlanningRun
{
    const int AttemptsMax = 3;
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

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
    public RunStatus Status { get; private set; }

    /// <summary>When it was asked for, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>It does not begin earlier, UTC.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>Start, UTC, or null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>End, UTC, or null before that.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When somebody asked it to stop, UTC, or null.</summary>
    public DateTimeOffset? CancelRequestedAt { get; private set; }

    /// <summary>Number of orders in the model.</summary>
    public int? Orders { get; private set; }

    /// <summary>Number of operations in the model.</summary>
    public int? Operations { get; private set; }

    /// <summary>The objective's value by level, or null before the first plan.</summary>
    public IReadOnlyList<long>? Value { get; private set; }

    /// <summary>What it cannot fall below, by level.</summary>
    public IReadOnlyList<long>? Bound { get; private set; }

    /// <summary>Share of the first level that is not proved to be necessary, 0 to 1.</summary>
    public double? Gap { get; private set; }

    /// <summary>Number of orders that its best plan so far ends late, or null before the first plan.</summary>
    public int? LateOrders { get; private set; }

    /// <summary>Σ seconds by which that plan ends them late, or null before the first plan.</summary>
    public long? TardinessSeconds { get; private set; }

    /// <summary>How many operations its plan has elsewhere than the plan before, or null where it made none.</summary>
    public int? Moved { get; private set; }

    /// <summary>How many orders are late by its plan and were not, or null where it made none.</summary>
    public int? BecameLate { get; private set; }

    /// <summary>How many orders are in time by its plan and were not, or null where it made none.</summary>
    public int? NoLongerLate { get; private set; }

    /// <summary>How long it took, milliseconds.</summary>
    public long? DurationMs { get; private set; }

    /// <summary>The plan it made, or null.</summary>
    public Guid? PlanId { get; private set; }

    /// <summary>The version under which that was published, or null.</summary>
    public long? PlanVersion { get; private set; }

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>The job engine's number of it, or null before it was handed over.</summary>
    public string? JobId { get; private set; }

    /// <summary>Its page in the dashboard of jobs, or null.</summary>
    public string? JobPage => JobId is { } job ? $"/jobs/scheduling/jobs/details/{job}" : null;

    /// <summary>Who runs it: what another wrote down of it does not count any more.</summary>
    internal Guid? Owner { get; init; }

    /// <summary>How often its process died while it ran.</summary>
    internal int Interruptions { get; init; }

    /// <summary>A run that waits to begin.</summary>
    internal static PlanningRun Asked(Guid id, string mode, string trigger, DateTimeOffset now) =>
        Waiting(id, mode, trigger, null, now);

    /// <summary>A run of a scenario that waits to begin.</summary>
    internal static PlanningRun OfScenario(Guid id, Guid scenario, DateTimeOffset now) =>
        Waiting(id, "Scenario", "scenario", scenario, now);

    /// <summary>What was done at once, without waiting.</summary>
    internal static PlanningRun AtOnce(PlanStory story, RunEnd end, DateTimeOffset began, DateTimeOffset now) => new()
    {
        Id = story.RunId!.Value, Attempt = 1, Mode = story.Mode, Trigger = story.Trigger, Status = end.Status,
        AskedAt = began, NotBefore = began, StartedAt = began, EndedAt = now,
        DurationMs = (long)(now - began).TotalMilliseconds, Orders = story.Orders, Operations = story.Operations,
        Value = end.Found?.Last.Value, Bound = end.Found?.Last.Bound, Gap = end.Found?.Last.Gap,
        PlanId = end.PlanId, PlanVersion = end.PlanVersion, Error = end.Error, Moved = end.Changes?.Moved.Count,
        BecameLate = end.Changes?.BecameLate.Count, NoLongerLate = end.Changes?.NoLongerLate.Count
    };

    /// <summary>The attempt after one that failed, each after a longer wait; null where it was the last.</summary>
    internal PlanningRun? NextAttempt(DateTimeOffset now) => Attempt >= AttemptsMax ? null : new()
    {
        Id = Id, Attempt = Attempt + 1, Mode = Mode, Trigger = Trigger, ScenarioId = ScenarioId,
        Status = RunStatus.Waiting, AskedAt = now, NotBefore = now + RetryAfter * Attempt
    };

    /// <summary>Asks it to stop; one that waits does not begin.</summary>
    /// <exception cref="RuleViolation">It has ended.</exception>
    internal void Cancel(DateTimeOffset now)
    {
        if (Status is not (RunStatus.Running or RunStatus.Waiting))
        {
            throw new RuleViolation("run-has-ended", "Only a run that waits or is under way can be cancelled.",
                ("run", Id), ("status", Status.ToString()));
        }
        CancelRequestedAt ??= now;
        if (Status == RunStatus.Waiting)
        {
            (Status, EndedAt) = (RunStatus.Cancelled, CancelRequestedAt);
        }
    }

    /// <summary>Ends a run that waited for a job which somebody deleted.</summary>
    internal void EndWithJob(DateTimeOffset now) => (Status, EndedAt) = (RunStatus.Cancelled, now);

    /// <summary>The job engine knows its job no more: it is handed over again.</summary>
    internal void LoseJob() => JobId = null;

    static PlanningRun Waiting(Guid id, string mode, string trigger, Guid? scenario, DateTimeOffset now) => new()
    {
        Id = id, Attempt = 1, Mode = mode, Trigger = trigger, ScenarioId = scenario, Status = RunStatus.Waiting,
        AskedAt = now, NotBefore = now
    };
}
