using Mes.Kernel;

namespace Mes.Equipment.Domain;

/// <summary>A sweep over the starts and ends of records: O((n + tiles) log n + tiles · overlap depth).</summary>
static class StateSweep
{
    /// <summary>
    /// The reported pieces inside the window by time: between two instants at which any record starts or ends, the
    /// state of highest priority. Where nothing is reported there is no piece.
    /// </summary>
    public static IEnumerable<StateTile> Run(IEnumerable<ActivityRecord> effective, TimeRange window)
    {
        var active = new ActiveRecords();
        var from = window.Start;
        foreach (var edge in EdgesWithin(effective, window).OrderBy(e => e.At))
        {
            if (from < edge.At && active.Tile(TimeRange.Until(from, edge.At)) is { } piece)
                yield return piece;
            active.Apply(edge);
            from = edge.At;
        }
    }

    static IEnumerable<Edge> EdgesWithin(IEnumerable<ActivityRecord> records, TimeRange window)
    {
        foreach (var record in records)
        {
            if (record.Time.Intersect(window) is not { } inside)
                continue;
            yield return new Edge(inside.Start, Begins: true, record);
            yield return new Edge(inside.EndOrMax, Begins: false, record);
        }
    }

    readonly record struct Edge(DateTimeOffset At, bool Begins, ActivityRecord Record);

    /// <summary>The records that cover the instant the sweep stands at, by state.</summary>
    sealed class ActiveRecords
    {
        static readonly EquipmentState[] HighestFirst =
            [EquipmentState.Breakdown, EquipmentState.Setup, EquipmentState.Run];

        // The order is part of the result: it must not depend on the order of arrival.
        static readonly Comparer<ActivityRecord> EarliestStartedFirst = Comparer<ActivityRecord>.Create((a, b) =>
            (a.Time.Start, a.Id).CompareTo((b.Time.Start, b.Id)));

        readonly Dictionary<EquipmentState, SortedSet<ActivityRecord>> _byState =
            HighestFirst.ToDictionary(state => state, _ => new SortedSet<ActivityRecord>(EarliestStartedFirst));

        public void Apply(Edge edge)
        {
            var records = _byState[edge.Record.State];
            _ = edge.Begins ? records.Add(edge.Record) : records.Remove(edge.Record);
        }

        public StateTile? Tile(TimeRange time)
        {
            foreach (var state in HighestFirst)
                if (_byState[state] is { Count: > 0 } records)
                    return new StateTile(state, time, [.. records.Select(r => r.Id)]);
            return null;
        }
    }
}
