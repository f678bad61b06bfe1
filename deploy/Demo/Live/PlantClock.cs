namespace Mes.Demo.Live;

/// <summary>
/// The time of a plant that is faster than others: how much of it passed since the last look. What a look could not
/// follow, because the machine was asleep or a server away, has not passed: nothing is made up for.
/// </summary>
/// <param name="speed">Plant time per time.</param>
/// <param name="clock">The time there is.</param>
sealed class PlantClock(double speed, TimeProvider clock)
{
    static readonly TimeSpan StepMax = TimeSpan.FromMinutes(5);
    long _last = clock.GetTimestamp();

    public double Speed => speed;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>How long to wait between looks.</summary>
    public TimeSpan Look => TimeSpan.FromSeconds(Math.Clamp(60 / speed, 1, 5));

    /// <summary>The plant time since the last call.</summary>
    public TimeSpan Step()
    {
        var now = clock.GetTimestamp();
        var step = clock.GetElapsedTime(_last, now) * speed;
        _last = now;
        return step < StepMax ? step : StepMax;
    }
}

/// <summary>Something that is due once in a while of plant time; the first time at once.</summary>
sealed class Cadence(TimeSpan every)
{
    TimeSpan _left;

    /// <summary>Whether it is due, which it is only once.</summary>
    public bool IsDue(TimeSpan step)
    {
        _left -= step;
        if (_left > TimeSpan.Zero) return false;
        _left = every;
        return true;
    }
}
