using System.Text.RegularExpressions;

namespace Mes.Replay.Definitions;

/// <summary>Tells quality checks from work by the activity's name.</summary>
static partial class Inspection
{
    /// <summary>True for names with the word Q.C. (or QC): <c>Turning Q.C.</c>, <c>Final Inspection Q.C.</c></summary>
    public static bool IsQualityCheck(string activity) => QualityCheck().IsMatch(activity);

    [GeneratedRegex(@"(?<!\w)Q\.?\s?C(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QualityCheck();
}
