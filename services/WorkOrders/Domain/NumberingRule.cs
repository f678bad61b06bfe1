namespace Mes.WorkOrders.Domain;

/// <summary>What gets numbers.</summary>
public enum NumberingKind
{
    /// <summary>Orders.</summary>
    Orders,
    /// <summary>Lots that orders make.</summary>
    Lots,
    /// <summary>Serial numbers of single pieces.</summary>
    Serials
}

/// <summary>How things of a kind are numbered, those of one product or all that have no rule of their own.</summary>
public sealed class NumberingRule
{
    /// <summary>What gets the numbers.</summary>
    public NumberingKind Kind { get; init; }

    /// <summary>Code of the product, or empty for all others.</summary>
    public string Product { get; init; } = "";

    /// <summary>How they are written; see <see cref="NumberPattern"/>.</summary>
    public string Pattern { get; private set; } = "";

    /// <summary>When the counter begins anew.</summary>
    public CounterReset Reset { get; private set; }

    /// <summary>What <see cref="Counter"/> belongs to: a year, month or day, or nothing.</summary>
    public string Period { get; private set; } = "";

    /// <summary>The last number given in <see cref="Period"/>.</summary>
    public long Counter { get; private set; }

    /// <summary>Says how numbers are written from now on. The counter goes on, within its period.</summary>
    /// <exception cref="Kernel.RuleViolation">The pattern is none.</exception>
    public void Define(string pattern, CounterReset reset, DateOnly date)
    {
        NumberPattern.Parse(pattern, reset);
        if (reset != Reset)
        {
            Period = NumberPattern.PeriodOf(date, reset);
        }
        (Pattern, Reset) = (pattern, reset);
    }

    /// <summary>A counter that is gone would begin anew, and give its numbers twice.</summary>
    /// <exception cref="Kernel.RuleViolation">It has given numbers.</exception>
    public void RequireUnused()
    {
        if (Counter > 0)
            throw Kernel.RuleViolation.Conflict("numbering-used",
                "It has given numbers, and its counter must not begin anew. Define it with another pattern.",
                ("pattern", Pattern));
    }

    /// <summary>Gives the next number.</summary>
    public string Next(DateOnly date)
    {
        (Period, Counter) = After(date, 1);
        return NumberPattern.Parse(Pattern, Reset).Write(date, Counter);
    }

    /// <summary>The numbers that it would give next.</summary>
    public IReadOnlyList<string> Preview(DateOnly date, int count) =>
        [.. Enumerable.Range(1, count).Select(step =>
            NumberPattern.Parse(Pattern, Reset).Write(date, After(date, step).Counter))];

    (string Period, long Counter) After(DateOnly date, int steps)
    {
        var period = NumberPattern.PeriodOf(date, Reset);
        return (period, (period == Period ? Counter : 0) + steps);
    }
}
