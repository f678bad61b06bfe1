namespace Mes.Kernel;

/// <summary>
/// A half-open span of time [<see cref="Start"/>, <see cref="End"/>); without an end it is ongoing.
/// Both ends are UTC and whole microseconds, the precision the database keeps, so that a figure computed from
/// stored records equals the one computed before they were stored.
/// </summary>
public readonly record struct TimeRange
{
    /// <summary>Everything from the first representable instant on, without an end.</summary>
    public static readonly TimeRange Always = new(DateTimeOffset.MinValue, null);

    /// <param name="start">First instant that belongs to the range; any offset.</param>
    /// <param name="end">First instant that no longer belongs to it, or null while it is ongoing.</param>
    /// <exception cref="ArgumentException"><paramref name="end"/> lies before <paramref name="start"/>.</exception>
    public TimeRange(DateTimeOffset start, DateTimeOffset? end)
    {
        Start = ToStoredPrecision(start);
        End = end is { } given ? ToStoredPrecision(given) : null;
        if (End < Start)
            throw new ArgumentException($"The end {End:O} lies before the start {Start:O}.", nameof(end));
    }

    /// <summary>First instant that belongs to the range; UTC, whole microseconds.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>First instant that no longer belongs to it, null while it is ongoing; UTC, whole microseconds.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>True while nobody has said when it ended.</summary>
    public bool IsOngoing => End is null;

    /// <summary>True when start and end are the same instant: it covers no time at all.</summary>
    public bool IsEmpty => End == Start;

    /// <summary>The end, or the last representable instant while ongoing: for comparing only.</summary>
    public DateTimeOffset EndOrMax => End ?? DateTimeOffset.MaxValue;

    /// <summary>Elapsed time.</summary>
    /// <exception cref="InvalidOperationException">The range is ongoing: clip it to a window first.</exception>
    public TimeSpan Length => (End ?? throw StillOngoing()) - Start;

    /// <summary>
    /// The last instant inside (the start itself when empty). What ends exactly at a shift's end happened in that
    /// shift, although the range is half-open.
    /// </summary>
    /// <exception cref="InvalidOperationException">The range is ongoing.</exception>
    public DateTimeOffset LastInstant => IsEmpty ? Start : (End ?? throw StillOngoing()).AddMicroseconds(-1);

    /// <summary>True from the start on and before the end: the end itself lies outside.</summary>
    public bool Contains(DateTimeOffset instant) => Start <= instant && instant < EndOrMax;

    /// <summary>True when both share time; ranges that only touch, and empty ones, share none.</summary>
    public bool Overlaps(TimeRange other) => Intersect(other) is not null;

    /// <summary>The time both have in common, or null when that is none.</summary>
    public TimeRange? Intersect(TimeRange other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = EndOrMax < other.EndOrMax ? EndOrMax : other.EndOrMax;
        return start < end ? Until(start, end) : null;
    }

    /// <summary>"[start, end)"; the generated text would ask an ongoing range for its length.</summary>
    public override string ToString() => $"[{Start:O}, {(End is { } end ? $"{end:O}" : "ongoing")})";

    /// <summary>The range from start to end where the last representable instant means "ongoing".</summary>
    public static TimeRange Until(DateTimeOffset start, DateTimeOffset endOrMax) =>
        new(start, endOrMax == DateTimeOffset.MaxValue ? null : endOrMax);

    static DateTimeOffset ToStoredPrecision(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    static InvalidOperationException StillOngoing() =>
        new("An ongoing range has no end and no length; clip it to a window first.");
}
