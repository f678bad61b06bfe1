namespace Mes.Tests.Support;

/// <summary>The real clock, put forward at will.</summary>
public sealed class TestClock : TimeProvider
{
    long _aheadTicks;

    /// <summary>Puts it forward.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _aheadTicks, time.Ticks);

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    /// <inheritdoc />
    public override long GetTimestamp() =>
        System.GetTimestamp() + (long)(Ahead.TotalSeconds * System.TimestampFrequency);

    TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));
}
