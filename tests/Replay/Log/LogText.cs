using System.Globalization;
using System.Text.RegularExpressions;

namespace Mes.Replay.Log;

/// <summary>How the texts of the log are understood, alike for every shop's file.</summary>
static partial class LogText
{
    static readonly string[] InstantFormats =
    [
        "yyyy/M/d H:mm:ss.FFFFFFF", "yyyy/M/d H:mm",
        "yyyy-M-d H:mm:ss.FFFFFFF", "yyyy-M-d H:mm",
        "yyyy-M-d'T'H:mm:ss.FFFFFFFK", "yyyy-M-d'T'H:mmK",
    ];

    /// <summary>Trims and turns every run of white space into one blank, so that a name has one spelling.</summary>
    public static string Normalize(string text) => WhiteSpace().Replace(text, " ").Trim();

    /// <summary>Reads an instant; one without an offset is UTC.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, InstantFormats, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces,
        out instant);

    /// <summary>Reads a plain decimal with a point; no thousands separators, no exponent.</summary>
    public static bool TryQuantity(string text, out decimal quantity) => decimal.TryParse(
        text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
        out quantity);

    /// <summary>Reads a span of the form hours:minutes, hours of any length; null when it is none.</summary>
    public static TimeSpan? SpanOrNull(string text)
    {
        var match = HoursMinutes().Match(text);
        if (!match.Success)
            return null;

        var hours = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        var minutes = int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture);
        return TimeSpan.FromMinutes((hours * 60L) + minutes);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"^(?<h>\d{1,6}):(?<m>[0-5]\d)$")]
    private static partial Regex HoursMinutes();
}
