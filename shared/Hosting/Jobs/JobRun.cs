using System.Text.Json;

namespace Mes.Hosting.Jobs;

/// <summary>What a job is told about the attempt it is making.</summary>
/// <param name="delivery">The attempt.</param>
/// <param name="report">Where progress goes: fraction (0 to 1), note.</param>
public sealed class JobRun(JobDelivery delivery, Func<double, string?, CancellationToken, Task> report)
{
    /// <summary>The run; the same in every attempt and after a takeover, hence a key for what the job writes.</summary>
    public Guid RunId => delivery.RunId;

    /// <summary>1 for the first attempt, one more after each <see cref="Retry"/>.</summary>
    public int Attempt => delivery.Attempt;

    /// <summary>The key the job is registered under.</summary>
    public string JobKey => delivery.JobKey;

    /// <summary>The schedule that asked for the run, or null when somebody submitted it.</summary>
    public string? ScheduleKey => delivery.ScheduleKey;

    /// <summary>The instant the schedule was due; null for a submitted run and for "run now".</summary>
    public DateTimeOffset? DueAt => delivery.DueAt;

    /// <summary>The arguments as a JSON document.</summary>
    public string Arguments => delivery.Arguments;

    /// <summary>The arguments, read the way the HTTP interface reads bodies.</summary>
    /// <exception cref="JsonException">The document does not fit <typeparamref name="T"/>.</exception>
    public T ArgumentsAs<T>() =>
        JsonSerializer.Deserialize<T>(Arguments, JsonSerializerOptions.Web)
        ?? throw new JsonException($"The arguments of run {RunId} are null; a {typeof(T).Name} is needed.");

    /// <summary>
    /// Tells how far the run is. May be called often: reports in quick succession are dropped, and one that the
    /// database does not take is not an error.
    /// </summary>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="note">What is being done, for people.</param>
    /// <param name="ct">Ends the wait for the database.</param>
    public Task ReportProgressAsync(double fraction, string? note = null, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1);
        return report(fraction, note, ct);
    }
}
