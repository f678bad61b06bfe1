using System.Globalization;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>When a counter begins at 1 again.</summary>
public enum CounterReset
{
    /// <summary>Never.</summary>
    None,
    /// <summary>With each year.</summary>
    Year,
    /// <summary>With each month.</summary>
    Month,
    /// <summary>With each day.</summary>
    Day
}

/// <summary>
/// How numbers are written: text, parts of the date (<c>{yyyy}</c>, <c>{yy}</c>, <c>{MM}</c>, <c>{dd}</c>) and one counter
/// (<c>{counter:4}</c>, of at least so many digits).
/// </summary>
public sealed class NumberPattern
{
    const int DigitsMax = 12;
    const string CounterName = "counter:";
    readonly string[] _parts;
    readonly int _digits;

    NumberPattern(string[] parts, int digits) => (_parts, _digits) = (parts, digits);

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="RuleViolation">It is none, or a counter that begins anew would give a number again.</exception>
    public static NumberPattern Parse(string pattern, CounterReset reset)
    {
        string[] parts = [.. PartsOf(pattern)];
        var wrong = parts.FirstOrDefault(part => part[0] is '{' or '}' && !IsDate(part) && DigitsOf(part) is null);
        if (wrong is not null)
        {
            throw new RuleViolation("pattern-part-unknown",
                "Use {yyyy}, {yy}, {MM}, {dd} and {counter:4}; other text may have no braces.",
                ("pattern", pattern), ("part", wrong));
        }
        if (parts.Count(part => DigitsOf(part) is not null) != 1)
        {
            throw new RuleViolation("pattern-needs-one-counter", "Write the counter once, such as {counter:4}.",
                ("pattern", pattern));
        }
        var missing = Needed(reset).FirstOrDefault(choice => !choice.Any(parts.Contains));
        if (missing is not null)
        {
            throw new RuleViolation("pattern-repeats",
                "A counter that begins anew gives a number again: write the date, too, down to what it begins anew with.",
                ("pattern", pattern), ("reset", reset.ToString()), ("missing", missing[0]));
        }
        var digits = parts.Select(DigitsOf).First(count => count is not null)!.Value;
        var made = new NumberPattern(parts, digits);
        var longest = made.Write(new DateOnly(2000, 1, 1), long.MaxValue);
        return Codes.Normalize(longest) == longest ? made : throw new RuleViolation("pattern-no-code", Codes.Hint,
            ("pattern", pattern), ("number", made.Write(new DateOnly(2000, 1, 1), 1)));
    }

    /// <summary>A number.</summary>
    public string Write(DateOnly date, long counter) => string.Concat(_parts.Select(part =>
        IsDate(part) ? date.ToString(part[1..^1], CultureInfo.InvariantCulture)
        : DigitsOf(part) is not null ? counter.ToString($"D{_digits}", CultureInfo.InvariantCulture) : part));

    /// <summary>What a counter belongs to: it begins anew where this is another.</summary>
    public static string PeriodOf(DateOnly date, CounterReset reset) => reset switch
    {
        CounterReset.Year => date.ToString("yyyy", CultureInfo.InvariantCulture),
        CounterReset.Month => date.ToString("yyyyMM", CultureInfo.InvariantCulture),
        CounterReset.Day => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        _ => ""
    };

    static IEnumerable<string[]> Needed(CounterReset reset)
    {
        string[][] dates = [["{yyyy}", "{yy}"], ["{MM}"], ["{dd}"]];
        return dates.Take((int)reset);
    }

    static bool IsDate(string part) => part is "{yyyy}" or "{yy}" or "{MM}" or "{dd}";

    static int? DigitsOf(string part) => part is ['{', .. var inner, '}']
        && inner.StartsWith(CounterName, StringComparison.Ordinal)
        && int.TryParse(inner.AsSpan(CounterName.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
        && digits is > 0 and <= DigitsMax ? digits : null;

    // what stands in braces, and what stands between; a brace without its other is a part of its own
    static IEnumerable<string> PartsOf(string pattern)
    {
        for (var at = 0; at < pattern.Length;)
        {
            var next = pattern.IndexOfAny(['{', '}'], at + 1);
            var end = pattern[at] is '}' ? at + 1
                : next < 0 ? pattern.Length
                : pattern[at] is '{' && pattern[next] is '}' ? next + 1
                : pattern[at] is '{' ? at + 1
                : next;
            yield return pattern[at..end];
            at = end;
        }
    }
}
