namespace Mes.Hosting.Jobs;

/// <summary>Times and limits of a module's jobs.</summary>
public sealed record JobsOptions
{
    /// <summary>
    /// How long a running attempt is its owner's without a sign of life; renewed four times as often.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How late a due time may be before it counts as missed.</summary>
    public TimeSpan MissedAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a process tells the others that it lives.</summary>
    public TimeSpan CheckIn { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long past a missed check-in a process counts as dead and its work is delivered again.</summary>
    public TimeSpan CheckInGrace { get; set; } = TimeSpan.FromSeconds(7.5);

    /// <summary>How many runs a process works on at once; each holds a database connection.</summary>
    public int ConcurrentRunsMax { get; set; } = 8;

    /// <summary>How often an attempt may outlive its process before it is given up as the cause.</summary>
    public int TakeoversMax { get; set; } = 3;
}

/// <summary>What happens when a run is due while another run of the same job is active.</summary>
public enum JobOverlap
{
    /// <summary>The later one ends at once as refused.</summary>
    Refuse,

    /// <summary>The later one waits for its turn; among several that wait the order is not promised.</summary>
    Wait,

    /// <summary>Both run.</summary>
    Allow,
}

/// <summary>The rules of one job.</summary>
/// <param name="Overlap">What happens to a run while another of the same job is active, in any process.</param>
/// <param name="AttemptsMax">How many attempts a run gets when the job keeps asking to be retried.</param>
public sealed record JobPolicy(JobOverlap Overlap = JobOverlap.Refuse, int AttemptsMax = 5);

/// <summary>A registered job.</summary>
/// <param name="Key">Its key; stored with each run, so it must not change lightly.</param>
/// <param name="Type">The class that implements <see cref="IJob"/>.</param>
/// <param name="Policy">Its rules.</param>
sealed record JobDefinition(string Key, Type Type, JobPolicy Policy);
