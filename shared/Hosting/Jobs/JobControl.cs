using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mes.Hosting.Jobs;

/// <summary>
/// The port to a module's jobs: submit a run, ask it to stop, keep schedules, fire one now. Get it by the module's key:
/// <c>[FromKeyedServices("scheduling")] JobControl jobs</c>.
/// </summary>
public sealed class JobControl
{
    readonly JobModule _module;
    readonly IJobEngine _engine;
    readonly JobRunLog _log;
    readonly JobRunner _runner;

    internal JobControl(JobModule module, IJobEngine engine, JobRunLog log, JobRunner runner)
    {
        _module = module;
        _engine = engine;
        _log = log;
        _runner = runner;
    }

    /// <summary>The run log.</summary>
    public JobRunLog Runs => _log;

    /// <summary>Asks for a run; when this returns, it happens even if every process dies meanwhile.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="ArgumentException">The job is not registered, or the arguments are no JSON.</exception>
    public async Task<Guid> SubmitAsync(JobSubmission submission, CancellationToken ct)
    {
        RequireJob(submission.JobKey);
        JobArguments.Validate(submission.Arguments);
        var runId = submission.RunId ?? Guid.CreateVersion7();
        var delivery = new JobDelivery(runId, 1, submission.JobKey, submission.Arguments);
        await SubmitAsync(delivery, submission.After, ct);
        return runId;
    }

    /// <summary>
    /// Asks a run to stop: a queued one ends at once, a running one is told, within a quarter of the lease when it is
    /// in another process.
    /// </summary>
    /// <returns>False when there is no such run, or it has ended.</returns>
    public async Task<bool> RequestStopAsync(Guid runId, CancellationToken ct)
    {
        var asked = await _log.RequestStopAsync(runId, ct);
        if (asked) _runner.RequestStopHere(runId);
        return asked;
    }

    /// <summary>
    /// Creates or changes a schedule. One that is stored just so is left alone, and with it the record of what was
    /// missed; a changed one starts afresh from now.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="FormatException">Cron is not understood, see <see cref="UnixCron"/>.</exception>
    /// <exception cref="ArgumentException">
    /// Another part of the schedule cannot be kept; the text says which.
    /// </exception>
    public Task<bool> UpsertScheduleAsync(JobSchedule schedule, CancellationToken ct)
    {
        schedule.Validate();
        var job = RequireJob(schedule.JobKey);
        if (schedule.Missed == MissedRuns.RunEach && job.Policy.Overlap == JobOverlap.Refuse)
            throw new ArgumentException(
                $"Schedule '{schedule.Key}' runs each missed time, but '{job.Key}' refuses overlap: all but one "
                + $"would be refused. Use {nameof(JobOverlap)}.{nameof(JobOverlap.Wait)}.");
        return _engine.PutScheduleAsync(schedule, ct);
    }

    /// <summary>Forgets a schedule; runs it asked for go on.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> RemoveScheduleAsync(string scheduleKey, CancellationToken ct) =>
        _engine.RemoveScheduleAsync(scheduleKey, ct);

    /// <summary>Asks for a run of a schedule's job with its arguments, now; its due times stay as they are.</summary>
    /// <param name="scheduleKey">The schedule.</param>
    /// <param name="runId">Made by the caller; the same one again changes nothing. Made here when null.</param>
    /// <param name="ct">Cancels the asking.</param>
    /// <returns>The run's id; null when there is no such schedule.</returns>
    public async Task<Guid?> FireNowAsync(string scheduleKey, Guid? runId, CancellationToken ct)
    {
        var schedules = await _engine.SchedulesAsync(ct);
        if (schedules.FirstOrDefault(s => s.Schedule.Key == scheduleKey)?.Schedule is not { } schedule) return null;
        var delivery = new JobDelivery(runId ?? Guid.CreateVersion7(), 1, schedule.JobKey, schedule.Arguments)
        {
            ScheduleKey = scheduleKey,
        };
        await SubmitAsync(delivery, TimeSpan.Zero, ct);
        return delivery.RunId;
    }

    /// <summary>All schedules with their next due times, by key.</summary>
    public Task<IReadOnlyList<JobScheduleStatus>> SchedulesAsync(CancellationToken ct) => _engine.SchedulesAsync(ct);

    /// <summary>Whether this process takes runs and tells the others that it lives; for the health check.</summary>
    public Task<bool> IsAliveAsync(CancellationToken ct) => _engine.IsAliveAsync(ct);

    /// <summary>For engines: a schedule is due. The same due time again changes nothing.</summary>
    public Task SubmitDueAsync(JobSchedule schedule, DateTimeOffset dueAt, CancellationToken ct)
    {
        var delivery = new JobDelivery(RunIdOf(schedule.Key, dueAt), 1, schedule.JobKey, schedule.Arguments)
        {
            ScheduleKey = schedule.Key,
            DueAt = dueAt,
        };
        return SubmitAsync(delivery, TimeSpan.Zero, ct);
    }

    async Task SubmitAsync(JobDelivery delivery, TimeSpan after, CancellationToken ct)
    {
        // The engine first: the runner writes a missing row, but nobody would deliver a row that the engine never got.
        var asked = new Redelivery(delivery with { TraceParent = Activity.Current?.Id }, after);
        await _engine.DeliverAsync(asked, ct);
        await _log.QueueAsync(asked, ct);
    }

    JobDefinition RequireJob(string jobKey) =>
        _module.Definitions.TryGetValue(jobKey, out var job)
            ? job
            : throw new ArgumentException(
                $"No job is registered as '{jobKey}' in {_module.Name}; there are: "
                + $"{string.Join(", ", _module.Definitions.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>The same for the same due time, so that one delivered twice is one run.</summary>
    static Guid RunIdOf(string scheduleKey, DateTimeOffset dueAt)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{scheduleKey}@{dueAt.UtcDateTime:O}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
    }
}
