using NodaTime;

namespace Mes.Kernel;

/// <summary>A pause within a shift by the wall clock, not part of the planned busy time.</summary>
public sealed record ShiftBreak(LocalTime Start, LocalTime End);

/// <summary>One shift of a day by the wall clock.</summary>
/// <param name="Code">Name of the shift, unique on its day: "A", "early", …</param>
/// <param name="Start">When it starts on its day.</param>
/// <param name="End">When it ends; not after the start means on the next day.</param>
/// <param name="Breaks">Its breaks, inside the shift and apart from each other.</param>
public sealed record ShiftDefinition(string Code, LocalTime Start, LocalTime End, IReadOnlyList<ShiftBreak> Breaks)
{
    /// <summary>A shift without breaks.</summary>
    public ShiftDefinition(string code, LocalTime start, LocalTime end) : this(code, start, end, []) { }

    /// <summary>A shift as people write it: times as "HH:mm", an end also as "24:00".</summary>
    /// <exception cref="RuleViolation">A time is none (400).</exception>
    public static ShiftDefinition Parse(
        string code, string start, string end, IEnumerable<(string Start, string End)> breaks) => new(
        code, StartOf(start), EndOf(end), [.. breaks.Select(pause => new ShiftBreak(StartOf(pause.Start), EndOf(pause.End)))]);

    internal (LocalDateTime Start, LocalDateTime End) On(LocalDate date) =>
        (date + Start, (End > Start ? date : date.PlusDays(1)) + End);

    /// <summary>The breaks of this date's shift; a time of day before its start is the next day's.</summary>
    internal IEnumerable<(LocalDateTime Start, LocalDateTime End)> BreaksOn(LocalDate date)
    {
        foreach (var pause in Breaks)
        {
            var start = (pause.Start >= Start ? date : date.PlusDays(1)) + pause.Start;
            var end = start.Date + pause.End;
            yield return (start, end > start ? end : end.PlusDays(1));
        }
    }

    static LocalTime StartOf(string text) => WallClock.Start(text) ?? throw NoTimeOfDay(text);

    static LocalTime EndOf(string text) => WallClock.End(text) ?? throw NoTimeOfDay(text);

    static RuleViolation NoTimeOfDay(string text) =>
        RuleViolation.Malformed("invalid-value", WallClock.Hint, ("value", text));
}

/// <summary>A repeating plan of shifts from a date on, until the next pattern takes over.</summary>
public sealed record ShiftPattern
{
    /// <param name="validFrom">First date, which is day 0 of the cycle.</param>
    /// <param name="cycle">The shifts of each day: 7 days for a week, any other number for rotating crews.</param>
    /// <exception cref="ArgumentException">The cycle has no day or more than 366.</exception>
    public ShiftPattern(LocalDate validFrom, IReadOnlyList<IReadOnlyList<ShiftDefinition>> cycle)
    {
        if (cycle.Count is < 1 or > 366)
            throw new ArgumentException($"A shift cycle has 1 to 366 days, not {cycle.Count}.", nameof(cycle));
        ValidFrom = validFrom;
        Cycle = cycle;
    }

    /// <summary>First date on which it holds, and day 0 of the cycle.</summary>
    public LocalDate ValidFrom { get; }

    /// <summary>The shifts of each day, 1 to 366 days; a day without shifts is an empty list.</summary>
    public IReadOnlyList<IReadOnlyList<ShiftDefinition>> Cycle { get; }

    /// <summary>The same shifts on certain days of the week.</summary>
    public static ShiftPattern Weekly(
        LocalDate validFrom, IReadOnlyCollection<IsoDayOfWeek> days, params IReadOnlyList<ShiftDefinition> shifts) =>
        new(validFrom, [.. Enumerable.Range(0, 7).Select(day =>
            days.Contains(validFrom.PlusDays(day).DayOfWeek) ? shifts : [])]);

    /// <summary>The shifts of a date, which is not before the first.</summary>
    public IReadOnlyList<ShiftDefinition> On(LocalDate date) =>
        Cycle[Period.DaysBetween(ValidFrom, date) % Cycle.Count];
}
