using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Search;

/// <summary>How long and how hard to search.</summary>
/// <param name="TimeLimit">Wall time after which the best plan so far is returned.</param>
public sealed record SearchOptions(TimeSpan TimeLimit)
{
    /// <summary>Threads that search, at least 1. With one worker and <see cref="IterationsMax"/> as the end, the same
    /// seed gives the same plan.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Start of the random numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Iterations after which the search ends, over all workers; rounded up to some dozens.</summary>
    public long IterationsMax { get; init; } = long.MaxValue;

    /// <summary>Iterations that are made even if the time is over, by ten seconds at most: on a machine so busy that the
    /// search has got nothing of its time, a small model is still improved.</summary>
    public long IterationsMin { get; init; }

    /// <summary>First level of the objective at which the search ends, for values that are known to be
    /// optimal.</summary>
    public long StopAt { get; init; } = long.MinValue;

    /// <summary>The clock that measures the time limit.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>A better plan was found.</summary>
/// <param name="Elapsed">Time since the search began.</param>
/// <param name="Value">The objective's value now.</param>
/// <param name="Bound">What it cannot fall below.</param>
/// <param name="Iterations">Moves made so far.</param>
/// <param name="Plan">Makes the plan in full, on any thread, now or later.</param>
public sealed record SearchProgress(
    TimeSpan Elapsed, ObjectiveValue Value, ObjectiveValue Bound, long Iterations, Func<Plan> Plan);

/// <summary>When a search has to end: time, iterations, cancellation, or a value that cannot be beaten.</summary>
sealed class SearchStop(SearchOptions options, long target, CancellationToken cancel)
{
    static readonly TimeSpan OverTimeMax = TimeSpan.FromSeconds(10);
    SearchStop? _whole;
    volatile bool _isEnded;

    /// <summary>A search asks whether it is due once in so many iterations.</summary>
    public const int Interval = 64;

    readonly long _start = options.Clock.GetTimestamp();
    long _iterations;

    /// <summary>The value at which the search is over: the lower bound.</summary>
    public long Target { get; set; } = target;

    /// <summary>The same, but ending after a share of what is left of time and iterations.</summary>
    public SearchStop After(double share) => new(options with
    {
        TimeLimit = share * (options.TimeLimit - Elapsed),
        IterationsMin = 0,
        IterationsMax = (long)Math.Min(long.MaxValue, share * (options.IterationsMax - Iterations)),
    }, Target, cancel)
    {
        _whole = this,
    };

    public TimeSpan Elapsed => options.Clock.GetElapsedTime(_start);

    public long Iterations => Interlocked.Read(ref _iterations);

    public bool IsDue => _isEnded || cancel.IsCancellationRequested || Iterations >= options.IterationsMax
        || (Elapsed >= options.TimeLimit
            && (Iterations >= options.IterationsMin || Elapsed >= options.TimeLimit + OverTimeMax));

    /// <summary>Ends the search of all workers: there is nothing left to gain.</summary>
    public void End() => _isEnded = true;

    public void Count(int iterations)
    {
        Interlocked.Add(ref _iterations, iterations);
        _whole?.Count(iterations);
    }

    /// <summary>Counts one interval of iterations and tells whether to end.</summary>
    public bool Tick()
    {
        Count(Interval);
        return IsDue;
    }
}
