namespace Mes.Kernel;

/// <summary>How far the clocks of devices are trusted.</summary>
public static class DeviceClock
{
    /// <summary>How far a device's clock may be off: what it says happened later after now is refused.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether an instant is yet to come, also for a clock that is a little ahead.</summary>
    /// <param name="instant">When it happened, as the device says; null is never in the future.</param>
    /// <param name="now">The server's time.</param>
    public static bool IsInFuture(DateTimeOffset? instant, DateTimeOffset now) => instant > now + Tolerance;

    /// <summary>
    /// When something happened by the server's time, where the clock of a device is off by more than clocks differ.
    /// </summary>
    /// <param name="at">When it happened by the device's clock; null: now.</param>
    /// <param name="deviceTime">That clock when the entry was sent; null where the device does not say.</param>
    /// <param name="now">The server's time.</param>
    public static DateTimeOffset PutRight(DateTimeOffset? at, DateTimeOffset? deviceTime, DateTimeOffset now)
    {
        var skew = deviceTime is { } device && (now - device).Duration() > Tolerance ? now - device : TimeSpan.Zero;
        return ((at ?? now - skew) + skew).ToUniversalTime();
    }

    /// <summary>The same, where what lies ahead is taken for now.</summary>
    /// <inheritdoc cref="PutRight"/>
    public static DateTimeOffset PutRightUntilNow(DateTimeOffset? at, DateTimeOffset? deviceTime, DateTimeOffset now)
    {
        var time = PutRight(at, deviceTime, now);
        return time < now ? time : now;
    }
}
