namespace Mes.Scheduling.Engine.Model;

/// <summary>Between which instants of two operations a lag runs.</summary>
public enum LagKind
{
    /// <summary>From the end of the first to the start of the second: routing, assembly, waiting, drying.</summary>
    EndStart,

    /// <summary>From start to start: overlap, the first transfer batch.</summary>
    StartStart,

    /// <summary>From end to end: overlap, the last transfer batch.</summary>
    EndEnd,
}

/// <summary>An arc of the precedence graph: <paramref name="To"/> follows <paramref name="From"/> with a lag between
/// <paramref name="MinLagSeconds"/> and <paramref name="MaxLagSeconds"/>.</summary>
/// <param name="From">The operation before.</param>
/// <param name="To">The operation after.</param>
/// <param name="Kind">Between which instants the lag runs.</param>
/// <param name="MinLagSeconds">Elapsed (not open) seconds at least, 0 or above.</param>
/// <param name="MaxLagSeconds">Elapsed seconds at most; null: unlimited.</param>
public sealed record Precedence(
    string From, string To, LagKind Kind = LagKind.EndStart, int MinLagSeconds = 0, int? MaxLagSeconds = null)
{
    /// <summary>The arcs of a plain routing: each operation starts after the one before has ended.</summary>
    public static IEnumerable<Precedence> Chain(IEnumerable<Operation> operations)
    {
        var routing = operations.ToArray();
        return routing.Zip(routing.Skip(1), (before, after) => new Precedence(before.Id, after.Id));
    }
}
