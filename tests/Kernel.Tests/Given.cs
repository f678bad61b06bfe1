using System.Globalization;

namespace Mes.Kernel.Tests;

/// <summary>Short words for fixtures: times are minutes after midnight of one day.</summary>
static class Given
{
    public static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(int minute) => Midnight.AddMinutes(minute);

    public static DateTimeOffset Utc(string instant) => DateTimeOffset.ParseExact(
        instant, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static TimeRange Minutes(int start, int? end) => new(At(start), end is { } known ? At(known) : null);
}
