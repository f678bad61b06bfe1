namespace Mes.Scheduling.Engine;

/// <summary>One critical path, chosen at random where paths fork.</summary>
sealed class CriticalPath(DisjunctiveShop shop, ShopState state, Random random)
{
    readonly int[] _path = new int[shop.Count];

    public int this[int index] => _path[index];

    public ReadOnlySpan<int> Span(int start, int count) => _path.AsSpan(start, count);

    /// <summary>Follows a path from its start to its end; its length.</summary>
    public int Trace()
    {
        var count = 0;
        var current = Start();
        while (current != shop.None)
        {
            _path[count++] = current;
            current = Next(current);
        }
        return count;
    }

    int Start()
    {
        var (chosen, seen) = (shop.None, 0);
        foreach (var x in state.Order)
        {
            if (state.Head[x] + state.Duration[x] + state.Tail[x] != state.Makespan || !BeginsPath(x)) continue;
            if (random.Next(++seen) == 0) chosen = x;
        }
        return chosen;
    }

    bool BeginsPath(int x)
    {
        if (state.Head[x] == 0) return true;
        var (job, machine) = (shop.JobPredecessor[x], state.Before[x]);
        var isByJob = job != shop.None && state.Head[job] + state.Duration[job] == state.Head[x];
        return !isByJob && (machine == shop.None
            || state.Head[machine] + state.Duration[machine] + state.Setup(machine, x) != state.Head[x]);
    }

    int Next(int x)
    {
        var (job, machine) = (shop.JobSuccessor[x], state.After[x]);
        var isByJob = job != shop.None && state.Tail[job] + state.Duration[job] == state.Tail[x];
        var isByMachine = machine != shop.None
            && state.Tail[machine] + state.Duration[machine] + state.Setup(x, machine) == state.Tail[x];
        if (isByJob && isByMachine) return random.Next(2) == 0 ? job : machine;
        return isByJob ? job : isByMachine ? machine : shop.None;
    }
}
