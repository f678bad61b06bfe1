using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>
/// Figures that no plan can fall below. Makespan: the longest way through the graph; per equipment, its calendar's
/// time for the work that can be done only there, and the one-machine bound with preemption (Jackson; Carlier 1982);
/// the whole work over all equipment. Tardiness and work in process: from heads and ways of each job alone.
/// </summary>
static class LowerBound
{
    public static PlanMeasures Compute(CompiledModel model) => new(
        WeightedTardiness: Tardiness(model),
        Makespan: Makespan(model),
        SetupTime: 0,
        Instability: 0,
        WorkInProcess: WorkInProcess(model));

    static long Makespan(CompiledModel model)
    {
        var bound = WholeWork(model);
        for (var i = 0; i < model.OperationCount; i++)
            bound = Math.Max(bound, (long)model.Bounds.End[i] + model.Bounds.Tail[i]);
        var free = FreeAfterRunning(model);
        foreach (var operations in BoundOperations(model))
            bound = Math.Max(bound, OneMachine(model, operations.Key, [.. operations], free));
        return bound;
    }

    /// <summary>Per equipment the operations that can be done nowhere else; running ones may overlap and only keep it
    /// busy at the start.</summary>
    static IEnumerable<IGrouping<int, int>> BoundOperations(CompiledModel model) =>
        Enumerable.Range(0, model.OperationCount)
            .Where(i => model.AlternativeOffset[i + 1] - model.AlternativeOffset[i] == 1 && !model.IsRunning(i))
            .GroupBy(i => model.AlternativeEquipment[model.AlternativeOffset[i]]);

    static int[] FreeAfterRunning(CompiledModel model)
    {
        var free = new int[model.EquipmentCount];
        for (var i = 0; i < model.OperationCount; i++)
        {
            if (!model.IsRunning(i)) continue;
            ref var until = ref free[model.AlternativeEquipment[model.AlternativeOffset[i]]];
            until = Math.Max(until, model.FixedEnd[i]);
        }
        return free;
    }

    static long OneMachine(CompiledModel model, int equipment, int[] operations, int[] free)
    {
        var heads = Array.ConvertAll(operations, i => Math.Max(free[equipment], model.Bounds.Start[i]));
        var work = Array.ConvertAll(operations, i => model.AlternativeDuration[model.AlternativeOffset[i]]);
        var tails = Array.ConvertAll(operations, i => model.Bounds.Tail[i]);
        var total = (int)Math.Min(work.Sum(item => (long)item), ModelTime.MaxSeconds);
        long byCalendar = model.EquipmentCalendar[equipment].After(heads.Min(), total);
        return Math.Max(byCalendar + tails.Min(), JacksonPreemptive.Makespan(heads, work, tails));
    }

    static long WholeWork(CompiledModel model)
    {
        long work = 0;
        for (var i = 0; i < model.OperationCount; i++)
        {
            if (model.IsRunning(i)) continue;
            var from = model.AlternativeOffset[i];
            var least = int.MaxValue;
            for (var a = from; a < model.AlternativeOffset[i + 1]; a++)
                least = Math.Min(least, model.AlternativeDuration[a]);
            work += least;
        }
        return model.EquipmentCount == 0 ? 0 : (work + model.EquipmentCount - 1) / model.EquipmentCount;
    }

    static long Tardiness(CompiledModel model)
    {
        var end = new int[model.JobCount];
        for (var i = 0; i < model.OperationCount; i++)
            end[model.JobOf[i]] = Math.Max(end[model.JobOf[i]], model.Bounds.End[i]);
        long bound = 0;
        for (var job = 0; job < end.Length; job++)
            bound += model.JobWeight[job] * Math.Max(0L, (long)end[job] - model.JobDue[job]);
        return bound;
    }

    static long WorkInProcess(CompiledModel model)
    {
        var way = new long[model.OperationCount];
        var longest = new long[model.JobCount];
        foreach (var i in model.TopologicalOrder)
        {
            foreach (var arc in model.Predecessors(i))
            {
                var before = model.ArcFrom[arc];
                if (model.JobOf[before] == model.JobOf[i] && model.ArcKind[arc] == LagKind.EndStart)
                    way[i] = Math.Max(way[i], way[before] + model.ArcMinLag[arc]);
            }
            way[i] += model.Bounds.Span[i];
            longest[model.JobOf[i]] = Math.Max(longest[model.JobOf[i]], way[i]);
        }
        return longest.Sum();
    }
}

/// <summary>One machine, heads and tails, preemption allowed: at every instant the longest tail goes on (Jackson
/// 1955), which is optimal, so its makespan bounds every plan without preemption. O(n log n).</summary>
static class JacksonPreemptive
{
    public static long Makespan(int[] heads, int[] work, int[] tails)
    {
        var byHead = Enumerable.Range(0, heads.Length).ToArray();
        Array.Sort((int[])heads.Clone(), byHead);
        var left = (int[])work.Clone();
        var available = new IndexHeap();
        long now = 0, makespan = 0;
        for (var next = 0; next < byHead.Length || available.Count > 0;)
        {
            if (available.Count == 0) now = Math.Max(now, heads[byHead[next]]);
            for (; next < byHead.Length && heads[byHead[next]] <= now; next++)
                available.Push(-tails[byHead[next]], byHead[next]);
            var (key, item) = available.Pop();
            var until = next < byHead.Length ? Math.Min(heads[byHead[next]], now + left[item]) : now + left[item];
            left[item] -= (int)(until - now);
            now = until;
            if (left[item] == 0) makespan = Math.Max(makespan, now + tails[item]);
            else available.Push(key, item);
        }
        return makespan;
    }
}
