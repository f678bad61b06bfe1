using System.Globalization;

namespace Mes.Hosting.Jobs;

/// <summary>
/// The five-field cron of Unix: minute, hour, day of month, month, day of week (0 to 7, both ends Sunday; English
/// three-letter names of months and days). Only what every engine reads alike: <c>*</c>, <c>*/n</c>, <c>a</c>,
/// <c>a-b</c>, <c>a-b/n</c>, and lists of these.
/// </summary>
/// <remarks>
/// Refused: a day of month together with a day of week (some engines take either day, some both), seconds and years,
/// <c>L W # ? H @</c>, ranges that wrap around, and dates that never come.
/// </remarks>
public sealed class UnixCron
{
    static readonly Field[] Fields =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of month", 1, 31, []),
        new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
        new("day of week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ];

    /// <summary>The longest that a month can be, January first.</summary>
    static readonly int[] DaysMax = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    readonly string[] _texts;

    UnixCron(string[] texts, SortedSet<int> daysOfWeek)
    {
        _texts = texts;
        DaysOfWeek = daysOfWeek;
    }

    /// <summary>The minute field as written, in capitals.</summary>
    public string Minute => _texts[0];

    /// <summary>The hour field as written, in capitals.</summary>
    public string Hour => _texts[1];

    /// <summary>The day-of-month field as written, in capitals.</summary>
    public string DayOfMonth => _texts[2];

    /// <summary>The month field as written, in capitals.</summary>
    public string Month => _texts[3];

    /// <summary>The days of the week it names, Sunday = 0 to Saturday = 6.</summary>
    public IReadOnlyCollection<int> DaysOfWeek { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is not understood; the text says which field and what would be.</exception>
    public static UnixCron Parse(string text)
    {
        var texts = text.ToUpperInvariant().Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (texts.Length != Fields.Length)
            throw Refuse(text,
                $"it has {texts.Length} fields; five are needed: {string.Join(", ", Fields.Select(f => f.Name))}");

        var values = texts.Select((field, i) => Values(text, Fields[i], field)).ToArray();
        if (texts[2] != "*" && texts[4] != "*")
            throw Refuse(text,
                "it names a day of month and a day of week, which engines read differently; leave one '*'");
        if (!values[3].Any(month => values[2].Min <= DaysMax[month - 1]))
            throw Refuse(text, $"day {texts[2]} never comes in month {texts[3]}");
        return new UnixCron(texts, [.. values[4].Select(day => day % 7)]);
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', _texts);

    static SortedSet<int> Values(string text, Field field, string list)
    {
        var values = new SortedSet<int>();
        foreach (var item in list.Split(','))
        {
            var (from, to, step) = Item(text, field, item);
            for (var value = from; value <= to; value += step) values.Add(value);
        }
        return values;
    }

    static (int From, int To, int Step) Item(string text, Field field, string item)
    {
        var parts = item.Split('/');
        var ends = parts[0].Split('-');
        if (parts.Length > 2 || ends.Length > 2) throw Refuse(text, $"'{item}' is no value of {field.Name}");

        var star = parts[0] == "*";
        if (parts.Length == 2 && !star && ends.Length == 1)
            throw Refuse(text, $"in {field.Name} a step follows '*' or a range, not '{parts[0]}'");
        // A star in the day of week is a week of seven days, not eight.
        var from = star ? field.Min : Value(text, field, ends[0]);
        var to = star ? Math.Min(field.Max, field.Min + field.Span - 1) : Value(text, field, ends[^1]);
        if (to < from) throw Refuse(text, $"in {field.Name} the range '{parts[0]}' runs backwards; write two ranges");
        return (from, to, parts.Length == 2 ? Step(text, field, parts[1]) : 1);
    }

    static int Value(string text, Field field, string value)
    {
        var name = Array.IndexOf(field.Names, value);
        if (name >= 0) return field.Min + name;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= field.Min && number <= field.Max) return number;
        throw Refuse(text, $"'{value}' is no value of {field.Name} ({field.Min} to {field.Max})");
    }

    static int Step(string text, Field field, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            && step >= 1 && step < field.Span
            ? step
            : throw Refuse(text, $"'{value}' is no step of {field.Name} (1 to {field.Span - 1})");

    static FormatException Refuse(string text, string why) => new($"Cron '{text}': {why}.");

    sealed record Field(string Name, int Min, int Max, string[] Names)
    {
        /// <summary>How many different values there are: Sunday is both 0 and 7.</summary>
        public int Span => Max == 7 ? 7 : Max - Min + 1;
    }
}
