using Mes.Kernel;

namespace Mes.Web;

/// <summary>Which time is asked for: query parameters <c>from</c> and <c>to</c>, from 1990 to 2200, at most 366 days.</summary>
/// <param name="From">Start of the time asked for; 24 hours before its end unless told.</param>
/// <param name="To">End of the time asked for, which it does not hold itself; now unless told.</param>
public sealed record TimeWindow(DateTimeOffset? From, DateTimeOffset? To)
{
    const int DaysMax = 366;
    static readonly TimeSpan Unless = TimeSpan.FromHours(24);
    static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Its start and end, UTC, for a request that comes now.</summary>
    /// <exception cref="RuleViolation">Code <c>window-wrong</c>.</exception>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset now)
    {
        var to = (To ?? now).ToUniversalTime();
        RequireBetween(to, "to");
        var from = (From ?? to - Unless).ToUniversalTime();
        RequireBetween(from, "from");
        return from < to && to - from <= TimeSpan.FromDays(DaysMax) ? (from, to) : throw RuleViolation.Malformed(
            "window-wrong", $"Ask for a time that ends after its start and is at most {DaysMax} days long.",
            ("from", from), ("to", to));
    }

    internal static void RequireBetween(DateTimeOffset instant, string field)
    {
        if (instant < Earliest || instant > Latest)
        {
            throw RuleViolation.Malformed(
                "window-wrong", "Ask for a time between the years 1990 and 2200.", ("field", field), ("value", instant));
        }
    }
}
