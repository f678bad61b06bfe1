using Hangfire;

namespace Mes.Jobs;

/// <summary>When a job runs by itself, by the clocks of the plant.</summary>
/// <param name="Key">Names the schedule; unique in its service.</param>
/// <param name="Cron">
/// Five-field cron, read in the plant's time zone. Over a change of the clocks nothing is lost: a fixed time that they
/// skip is due at the instant they move, one that occurs twice is due at the first.
/// </param>
/// <param name="Missed">
/// What becomes of due times that passed while nothing ran: one run makes up for all (Relaxed), each gets its own
/// (Strict), or they are dropped (Ignorable).
/// </param>
/// <param name="Argument">What the job gets along, or null.</param>
public sealed record JobSchedule(string Key, string Cron, MisfireHandlingMode Missed, string? Argument = null)
{
    internal JobSchedule Checked()
    {
        var fields = Cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5 && (fields[2] == "*" || fields[4] == "*")
            ? this
            : throw new ArgumentException(
                $"'{Key}': cron '{Cron}' must have five fields, and a day of the month or of the week, not both: "
                + "the engine would wait until both come true.");
    }
}

/// <summary>A schedule and where it stands.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Cron">Five-field cron.</param>
/// <param name="Zone">IANA time zone in which that is read.</param>
/// <param name="NextDueAt">The next due time, UTC, or null.</param>
/// <param name="LastDueAt">When it last ran, UTC, or null.</param>
public sealed record ScheduleStatus(
    string Key, string Cron, string? Zone, DateTimeOffset? NextDueAt, DateTimeOffset? LastDueAt);
