using System.Text.Json;

namespace Mes.Hosting.Jobs;

/// <summary>What becomes of due times that passed while no process could run them.</summary>
public enum MissedRuns
{
    /// <summary>They are dropped; the next due time is the next in the future.</summary>
    Skip,

    /// <summary>However many were missed, one run makes up for them.</summary>
    RunOnce,

    /// <summary>Each gets its own run. Needs a job whose policy does not refuse overlap.</summary>
    RunEach,
}

/// <summary>When a job runs by itself.</summary>
/// <param name="Key">Names the schedule; unique in the module.</param>
/// <param name="JobKey">The job to run.</param>
/// <param name="Cron">Five-field Unix cron, see <see cref="UnixCron"/>.</param>
/// <param name="Zone">
/// IANA time zone in which <paramref name="Cron"/> is read, for example <c>Europe/Berlin</c>. Over a change of the
/// clocks nothing is lost: a fixed time that the clocks skip is due at the instant they move, one that occurs twice is
/// due at the first; a step, range or star in minute or hour goes on through the repeated hour.
/// </param>
/// <param name="Missed">What becomes of due times that passed while nothing ran.</param>
/// <param name="Arguments">JSON document handed to the job.</param>
public sealed record JobSchedule(
    string Key,
    string JobKey,
    string Cron,
    string Zone,
    MissedRuns Missed = MissedRuns.RunOnce,
    string Arguments = "{}")
{
    /// <summary>Refuses a schedule that no engine could keep.</summary>
    /// <exception cref="FormatException">Cron is not understood.</exception>
    /// <exception cref="ArgumentException">
    /// Key or job key is blank, the zone unknown, or the arguments no JSON.
    /// </exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Key);
        ArgumentException.ThrowIfNullOrWhiteSpace(JobKey);
        UnixCron.Parse(Cron);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) || !zone.HasIanaId)
            throw new ArgumentException($"Schedule '{Key}': '{Zone}' is not a known IANA time zone.");
        JobArguments.Validate(Arguments);
    }
}

/// <summary>A schedule and where it stands.</summary>
/// <param name="Schedule">As it was upserted.</param>
/// <param name="NextDueAt">The next due time; null when there is none.</param>
/// <param name="LastDueAt">The last one that was started; null when none was.</param>
public sealed record JobScheduleStatus(JobSchedule Schedule, DateTimeOffset? NextDueAt, DateTimeOffset? LastDueAt);

/// <summary>A run somebody asks for.</summary>
/// <param name="JobKey">The job to run.</param>
/// <param name="Arguments">JSON document handed to the job.</param>
/// <param name="RunId">Made by the caller; submitting the same one again changes nothing. Made here when null.</param>
/// <param name="After">How long to wait before the run starts.</param>
public sealed record JobSubmission(
    string JobKey,
    string Arguments = "{}",
    Guid? RunId = null,
    TimeSpan After = default);

static class JobArguments
{
    /// <exception cref="ArgumentException">Not a JSON document.</exception>
    public static void Validate(string json)
    {
        try
        {
            using var _ = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The arguments are not JSON: {e.Message}", nameof(json), e);
        }
    }
}
