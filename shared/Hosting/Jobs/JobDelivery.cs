namespace Mes.Hosting.Jobs;

/// <summary>One attempt of one run, as an engine carries it from the submitter to the process that runs it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Attempt">1 and up.</param>
/// <param name="JobKey">The job.</param>
/// <param name="Arguments">JSON document.</param>
public sealed record JobDelivery(Guid RunId, int Attempt, string JobKey, string Arguments)
{
    /// <summary>The schedule that asked for it, if one did.</summary>
    public string? ScheduleKey { get; init; }

    /// <summary>The due time of that schedule; null for "run now".</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>W3C trace parent of the submitter, so that the run continues its trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The next attempt of the same run.</summary>
    public JobDelivery Next() => this with { Attempt = Attempt + 1 };
}

/// <summary>A delivery that an engine is asked to make.</summary>
/// <param name="Delivery">What to deliver.</param>
/// <param name="After">How long from now.</param>
public sealed record Redelivery(JobDelivery Delivery, TimeSpan After);

/// <summary>
/// What an engine does for <see cref="JobControl"/>: it delivers, and it knows when schedules are due. It calls
/// <see cref="JobRunner.RunAsync"/> with a delivery and <see cref="JobControl.SubmitDueAsync"/> with a due schedule.
/// </summary>
/// <remarks>
/// An engine must deliver at least once, also when the process that took the delivery dies, and may deliver more than
/// once: the run log sorts that out. Its own retries, locks and queues stay unused.
/// </remarks>
public interface IJobEngine
{
    /// <summary>Stores the delivery; when this returns, it survives the death of the process.</summary>
    Task DeliverAsync(Redelivery delivery, CancellationToken ct);

    /// <summary>Stores the schedule unless it is stored just so.</summary>
    /// <returns>Whether anything changed.</returns>
    Task<bool> PutScheduleAsync(JobSchedule schedule, CancellationToken ct);

    /// <summary>Forgets the schedule; runs it asked for go on.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveScheduleAsync(string scheduleKey, CancellationToken ct);

    /// <summary>All schedules, by key.</summary>
    Task<IReadOnlyList<JobScheduleStatus>> SchedulesAsync(CancellationToken ct);

    /// <summary>Whether this process takes deliveries and its store answers.</summary>
    Task<bool> IsAliveAsync(CancellationToken ct);
}
