using NodaTime;
using NodaTime.Text;

namespace Mes.Kernel;

/// <summary>Reads what people write of zones and times of day.</summary>
public static class WallClock
{
    /// <summary>How times of day are written, for people to read.</summary>
    public const string Hint = "Give times of day as HH:mm, from 00:00 to 23:59; an end may be 24:00.";

    static readonly LocalTimePattern Pattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The zone of an IANA name such as "Europe/Berlin", or null where there is none.</summary>
    public static DateTimeZone? Zone(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);

    /// <summary>The time of day at which something begins, or null where the text is none.</summary>
    public static LocalTime? Start(string? text) =>
        text is not null && Pattern.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    /// <summary>
    /// The time of day at which something ends, or null where the text is none. 24:00 is the end of the day, and
    /// midnight is the only time of day for it: an end that is not after its start lies on the next day.
    /// </summary>
    public static LocalTime? End(string? text) => text == "24:00" ? LocalTime.Midnight : Start(text);
}
