using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>An operator's presence at a station, from sign-on to sign-off.</summary>
public sealed class SignOn
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Code of the operator.</summary>
    public required string Operator { get; init; }

    /// <summary>Where, in the station's own words.</summary>
    public required string Station { get; init; }

    /// <summary>From when, UTC.</summary>
    public DateTimeOffset SignedOnAt { get; init; }

    /// <summary>Until when, UTC, or null while present.</summary>
    public DateTimeOffset? SignedOffAt { get; private set; }

    /// <summary>A person's sign-on; of one who has left the floor since, it has ended as they left.</summary>
    internal static SignOn Of(Guid id, string @operator, string station, DateTimeOffset at, DateTimeOffset? left) =>
        new() { Id = id, Operator = @operator, Station = station, SignedOnAt = at, SignedOffAt = left };

    /// <summary>The time at which somebody comes or goes: now where none is given, never in the future.</summary>
    /// <param name="given">What the device says.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="mayBackdate">Whether it may be past, by more than clocks differ.</param>
    public static DateTimeOffset TimeOf(DateTimeOffset? given, DateTimeOffset now, bool mayBackdate)
    {
        if (DeviceClock.IsInFuture(given, now))
        {
            throw new RuleViolation("sign-on-in-the-future", "The time lies in the future. Check the device's clock.",
                ("at", given), ("serverTime", now));
        }
        if (given < now - DeviceClock.Tolerance && !mayBackdate)
        {
            throw RuleViolation.Forbidden("sign-on-backdated",
                "Sign on as of now, or ask a foreman to enter the earlier time.", ("at", given), ("serverTime", now));
        }
        return (given ?? now).ToUniversalTime();
    }

    /// <summary>Ends it.</summary>
    public void SignOff(DateTimeOffset at)
    {
        if (at < SignedOnAt)
        {
            throw new RuleViolation("sign-off-before-sign-on", "The sign-off must lie after the sign-on.",
                ("signedOnAt", SignedOnAt), ("signedOffAt", at));
        }
        SignedOffAt ??= at;
    }

    /// <summary>
    /// Judges an entry by the state of the sign-on at the entry's own time; a later sign-off does not refuse it.
    /// </summary>
    public void MustCover(DateTimeOffset startedAt)
    {
        if (startedAt < SignedOnAt - DeviceClock.Tolerance || startedAt > SignedOffAt + DeviceClock.Tolerance)
        {
            throw new RuleViolation("not-signed-on",
                "The work began outside the operator's sign-on. Sign on for that time first.",
                ("startedAt", startedAt), ("signedOnAt", SignedOnAt), ("signedOffAt", SignedOffAt));
        }
    }
}
