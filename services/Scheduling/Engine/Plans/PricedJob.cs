using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>The operations of a job on its longest way, one waiting for the other; what is running is left out. With due
/// date, weight and the earliest end of the whole job.</summary>
sealed record JobChain(int[] Operations, int[] Lag, long Due, long Weight, long EarliestEnd)
{
    /// <summary>The chains of all jobs that can be late.</summary>
    public static IEnumerable<JobChain> Of(CompiledModel model)
    {
        var (rest, next) = Ways(model);
        var jobs = Enumerable.Range(0, model.OperationCount).GroupBy(i => model.JobOf[i]);
        foreach (var job in jobs.Where(job => model.JobDue[job.Key] != ModelTime.Never && model.JobWeight[job.Key] > 0))
        {
            var free = job.Where(i => !model.IsRunning(i)).ToArray();
            if (free.Length == 0) continue;
            var (operations, lags) = Way(model, next, free.MaxBy(i => model.Bounds.Start[i] + rest[i]));
            yield return new JobChain(operations, lags, model.JobDue[job.Key], model.JobWeight[job.Key],
                job.Max(i => (long)model.Bounds.End[i]));
        }
    }

    static (int[] Operations, int[] Lags) Way(CompiledModel model, int[] next, int from)
    {
        var (operations, lags) = (new List<int> { from }, new List<int>());
        while (Before(model, operations[0]) is >= 0 and var arc)
        {
            operations.Insert(0, model.ArcFrom[arc]);
            lags.Insert(0, model.ArcMinLag[arc]);
        }
        for (var arc = next[from]; arc >= 0; arc = next[model.ArcTo[arc]])
        {
            operations.Add(model.ArcTo[arc]);
            lags.Add(model.ArcMinLag[arc]);
        }
        return ([.. operations], [.. lags, 0]);
    }

    /// <summary>The arc over which an operation is waited for the longest within its job, or −1.</summary>
    static int Before(CompiledModel model, int operation)
    {
        var (best, latest) = (-1, long.MinValue);
        foreach (var arc in model.Predecessors(operation))
        {
            var ready = (long)model.Bounds.End[model.ArcFrom[arc]] + model.ArcMinLag[arc];
            if (IsWay(model, arc) && ready > latest) (best, latest) = (arc, ready);
        }
        return best;
    }

    /// <summary>The later operation waits for the end of the earlier one, in the same job; neither runs.</summary>
    static bool IsWay(CompiledModel model, int arc)
    {
        var (from, to) = (model.ArcFrom[arc], model.ArcTo[arc]);
        return model.ArcKind[arc] == LagKind.EndStart && model.JobOf[from] == model.JobOf[to]
            && !model.IsRunning(from) && !model.IsRunning(to);
    }

    /// <summary>Per operation the longest way from its start through operations of its job that wait for its end, and
    /// the arc by which that way goes on, or −1.</summary>
    static (long[] Way, int[] Next) Ways(CompiledModel model)
    {
        var (rest, next) = (new long[model.OperationCount], new int[model.OperationCount]);
        for (var k = model.OperationCount - 1; k >= 0; k--)
        {
            var i = model.TopologicalOrder[k];
            next[i] = -1;
            foreach (var arc in model.Successors(i))
            {
                var after = model.ArcTo[arc];
                if (!IsWay(model, arc) || (next[i] >= 0 && model.ArcMinLag[arc] + rest[after] <= rest[i])) continue;
                (rest[i], next[i]) = (model.ArcMinLag[arc] + rest[after], arc);
            }
            rest[i] += model.Bounds.Span[i];
        }
        return (rest, next);
    }
}

/// <summary>
/// The cheapest way of a job through priced time, by dynamic programming from its last operation to the first. A start
/// within a slice is counted as if it were at the cheapest position, and ended as if it were at the earliest one, so that
/// the cost is never above that of a plan. Behind the last slice time costs nothing.
/// </summary>
sealed class PricedJob
{
    const int Impossible = -1;
    readonly CompiledModel _model;
    readonly JobChain _chain;
    readonly PricedEquipment[] _equipment;
    readonly int _slices;
    readonly double[][] _cost; // per operation and slice: of it and what follows, if it starts there or later
    readonly int[][][] _end; // per operation, alternative and slice: the earliest end, or Impossible
    readonly int _width;

    public PricedJob(CompiledModel model, JobChain chain, PricedEquipment[] equipment, int slices, int width)
    {
        (_model, _chain, _equipment, _slices, _width) = (model, chain, equipment, slices, width);
        _cost = [.. chain.Operations.Select(_ => new double[slices + 1])];
        _end = [.. chain.Operations.Select(EndsOf)];
        var way = 0L;
        for (var i = _cost.Length - 1; i >= 0; i--)
        {
            way += model.Bounds.Span[chain.Operations[i]] + chain.Lag[i];
            _cost[i][slices] = Tardiness((long)slices * width + way);
        }
    }

    /// <summary>The cost of the cheapest way; its use of the equipment is counted.</summary>
    public double Go()
    {
        for (var i = _cost.Length - 1; i >= 0; i--) Compute(i);
        var slice = 0;
        for (var i = 0; i < _cost.Length; i++)
        {
            while (slice < _slices && _cost[i][slice] == _cost[i][slice + 1]) slice++;
            if (slice == _slices) break;
            slice = Use(i, slice);
        }
        return _cost[0][0];
    }

    void Compute(int i)
    {
        var cost = _cost[i];
        Array.Fill(cost, double.MaxValue, 0, _slices);
        for (var a = 0; a < _end[i].Length; a++)
        {
            var (equipment, work, at) = (EquipmentOf(i, a), Work(i, a), 0);
            var ends = _end[i][a];
            for (var k = 0; k < _slices; k++)
            {
                if (ends[k] == Impossible) continue;
                cost[k] = Math.Min(cost[k], equipment.Cheapest(k, work, ref at).Cost + After(i, ends[k]));
            }
        }
        for (var k = _slices - 1; k >= 0; k--) cost[k] = Math.Min(cost[k], cost[k + 1]);
    }

    /// <summary>Counts the way's operation, which starts in this slice; the slice from which the next one can.</summary>
    int Use(int i, int slice)
    {
        var (best, chosen, from) = (double.MaxValue, 0, 0);
        for (var a = 0; a < _end[i].Length; a++)
        {
            if (_end[i][a][slice] == Impossible) continue;
            var at = slice;
            var (cost, position) = EquipmentOf(i, a).Cheapest(slice, Work(i, a), ref at);
            if (cost + After(i, _end[i][a][slice]) < best)
                (best, chosen, from) = (cost + After(i, _end[i][a][slice]), a, position);
        }
        EquipmentOf(i, chosen).Use(slice, from, Work(i, chosen));
        return SliceAt(i, _end[i][chosen][slice]);
    }

    /// <summary>What follows costs, if the operation ends then.</summary>
    double After(int i, int end) => i + 1 < _cost.Length ? _cost[i + 1][SliceAt(i, end)]
        : Tardiness((long)end + _chain.Lag[i]);

    int SliceAt(int i, int end) => (int)Math.Clamp(((long)end + _chain.Lag[i]) / _width, 0, _slices);

    double Tardiness(long end) => _chain.Weight * Math.Max(0.0, Math.Max(end, _chain.EarliestEnd) - _chain.Due);

    PricedEquipment EquipmentOf(int i, int a) =>
        _equipment[_model.AlternativeEquipment[_model.AlternativeOffset[_chain.Operations[i]] + a]];

    int Work(int i, int a) => _model.AlternativeDuration[_model.AlternativeOffset[_chain.Operations[i]] + a];

    int[][] EndsOf(int operation)
    {
        var (from, to) = (_model.AlternativeOffset[operation], _model.AlternativeOffset[operation + 1]);
        return [.. Enumerable.Range(from, to - from).Select(alternative => Ends(operation, alternative))];
    }

    int[] Ends(int operation, int alternative)
    {
        var (ends, calendar) = (new int[_slices], _model.AlternativeCalendar[alternative]);
        var (work, isSplittable) = (_model.AlternativeDuration[alternative], _model.Splittable[operation]);
        for (var k = 0; k < _slices; k++)
        {
            var start = calendar.EarliestStart(Math.Max(k * _width, _model.Bounds.Start[operation]), work, isSplittable);
            ends[k] = start >= (long)(k + 1) * _width ? Impossible
                : isSplittable ? calendar.Finish(start, work) : start + work;
        }
        return ends;
    }
}
