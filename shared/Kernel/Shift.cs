using NodaTime;

namespace Mes.Kernel;

/// <summary>One shift that took place or will.</summary>
/// <param name="Date">The production date: the local date on which it starts.</param>
/// <param name="Definition">Which of that date's shifts.</param>
/// <param name="Time">From start to end in elapsed time: shorter or longer by an hour when the clocks change.</param>
/// <param name="Breaks">Its breaks by time, apart from each other.</param>
public sealed record Shift(LocalDate Date, ShiftDefinition Definition, TimeRange Time, IReadOnlyList<TimeRange> Breaks)
{
    /// <summary>Name of the shift, unique on its date.</summary>
    public string Code => Definition.Code;

    /// <summary>Identity, sorting by date: "2026-03-29/C".</summary>
    public string Id => $"{Date:uuuu-MM-dd}/{Code}";

    /// <summary>ISO 22400 PBT: elapsed time without breaks.</summary>
    public TimeSpan PlannedBusyTime => PlannedBusyTimeWithin(Time);

    /// <summary>The planned busy time as far as it lies in the window, for a shift that is still going on.</summary>
    public TimeSpan PlannedBusyTimeWithin(TimeRange window) =>
        LengthWithin(Time, window) - Breaks.Aggregate(TimeSpan.Zero, (sum, pause) => sum + LengthWithin(pause, window));

    /// <summary>The shift's time outside its breaks, by start.</summary>
    public IEnumerable<TimeRange> WorkingTimes()
    {
        var free = Time.Start;
        foreach (var pause in Breaks)
        {
            if (pause.Start > free) yield return new TimeRange(free, pause.Start);
            free = pause.EndOrMax;
        }
        if (free < Time.EndOrMax) yield return new TimeRange(free, Time.End);
    }

    static TimeSpan LengthWithin(TimeRange time, TimeRange window) => time.Intersect(window)?.Length ?? TimeSpan.Zero;
}
