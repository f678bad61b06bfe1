using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>
/// Bounds from the precedence graph and the calendars alone, each operation on its best alternative:
/// <paramref name="Ready"/> and <paramref name="EndFloor"/> are what release and predecessors demand of start and end,
/// <paramref name="Start"/> and <paramref name="End"/> the earliest instants, <paramref name="Span"/> the least time
/// from start to end, <paramref name="Tail"/> the least time from its end to the end of everything after it.
/// </summary>
sealed record HeadsAndTails(int[] Ready, int[] EndFloor, int[] Start, int[] End, int[] Span, int[] Tail)
{
    public static HeadsAndTails None { get; } = new([], [], [], [], [], []);

    public static HeadsAndTails Compute(CompiledModel compiled)
    {
        var n = compiled.OperationCount;
        var bounds = new HeadsAndTails(new int[n], new int[n], new int[n], new int[n], new int[n], new int[n]);
        foreach (var operation in compiled.TopologicalOrder) bounds.ComputeHead(compiled, operation);
        for (var i = n - 1; i >= 0; i--) bounds.ComputeTail(compiled, compiled.TopologicalOrder[i]);
        return bounds;
    }

    void ComputeHead(CompiledModel compiled, int operation)
    {
        int ready = compiled.Release[operation], endFloor = 0;
        foreach (var arc in compiled.Predecessors(operation))
        {
            var (before, lag) = (compiled.ArcFrom[arc], compiled.ArcMinLag[arc]);
            if (compiled.ArcKind[arc] == LagKind.EndStart) ready = Math.Max(ready, Later(End[before], lag));
            else if (compiled.ArcKind[arc] == LagKind.StartStart) ready = Math.Max(ready, Later(Start[before], lag));
            else endFloor = Math.Max(endFloor, Later(End[before], lag));
        }
        (Ready[operation], EndFloor[operation]) = (ready, endFloor);
        (Start[operation], End[operation], Span[operation]) = compiled.IsFixed(operation)
            ? Fixed(compiled, operation)
            : Earliest(compiled, operation);
    }

    static (int Start, int End, int Span) Fixed(CompiledModel compiled, int operation)
    {
        var (start, end) = (compiled.FixedStart[operation], compiled.FixedEnd[operation]);
        return (start, end, end - start);
    }

    (int Start, int End, int Span) Earliest(CompiledModel compiled, int operation)
    {
        int start = ModelTime.Never, end = ModelTime.Never, span = ModelTime.Never;
        var isSplittable = compiled.Splittable[operation];
        for (var a = compiled.AlternativeOffset[operation]; a < compiled.AlternativeOffset[operation + 1]; a++)
        {
            var (calendar, work) = (compiled.AlternativeCalendar[a], compiled.AlternativeDuration[a]);
            var from = Ready[operation];
            if (from == ModelTime.Never || EndFloor[operation] == ModelTime.Never) continue;
            var earliest = calendar.EarliestStartEndingAtOrAfter(from, EndFloor[operation], work, isSplittable);
            if (earliest == ModelTime.Never) continue;
            start = Math.Min(start, earliest);
            end = Math.Min(end, isSplittable ? calendar.Finish(earliest, work) : earliest + work);
            span = Math.Min(span, work);
        }
        return (start, end, span == ModelTime.Never ? 0 : span);
    }

    void ComputeTail(CompiledModel compiled, int operation)
    {
        var tail = 0;
        foreach (var arc in compiled.Successors(operation))
        {
            var (after, lag) = (compiled.ArcTo[arc], compiled.ArcMinLag[arc]);
            var remaining = compiled.ArcKind[arc] switch
            {
                LagKind.EndStart => lag + Span[after] + Tail[after],
                LagKind.StartStart => lag + Span[after] + Tail[after] - LongestSpan(compiled, operation),
                _ => lag + Tail[after],
            };
            tail = Math.Max(tail, remaining);
        }
        Tail[operation] = tail;
    }

    /// <summary>A start–start lag runs beside the operation itself: only what surely outlasts it is tail. Pauses have
    /// no bound, so a splittable operation passes nothing on.</summary>
    int LongestSpan(CompiledModel compiled, int operation)
    {
        if (compiled.IsFixed(operation)) return Span[operation];
        var from = compiled.AlternativeOffset[operation];
        var durations = compiled.AlternativeDuration.AsSpan(from, compiled.AlternativeOffset[operation + 1] - from);
        var longest = 0;
        foreach (var duration in durations) longest = Math.Max(longest, duration);
        return compiled.Splittable[operation] ? ModelTime.MaxSeconds : longest;
    }

    static int Later(int instant, int lag) => instant == ModelTime.Never ? instant : instant + lag;
}
