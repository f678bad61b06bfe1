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

/// <summary>A schedule as the engine knows it.</summary>
/// <param name="Key">Names it.</param>
/// <param name="Cron">Five-field cron, read in the plant's time zone.</param>
/// <param name="TimeZone">That time zone.</param>
/// <param name="NextAt">When it is due next, UTC; null where it is not any more.</param>
/// <param name="LastAt">When it was due last, UTC; null where it never was.</param>
/// <param name="Error">Why it does not come due, or null.</param>
public sealed record ScheduleState(
    string Key, string Cron, string TimeZone, DateTime? NextAt, DateTime? LastAt, string? Error);
