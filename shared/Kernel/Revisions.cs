using System.Text.RegularExpressions;

namespace Mes.Kernel;

/// <summary>Revisions of master data, in the words of whoever names them.</summary>
public static partial class Revisions
{
    const int NumberMax = 100;     // digits: no code is longer

    /// <summary>What revisions are ordered by (ordinal): by name, but numbers by their value, so that 10 follows 9.</summary>
    public static string OrderKey(string revision) =>
        Numbers().Replace(revision, number => number.Value.TrimStart('0').PadLeft(NumberMax, '0'));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
