namespace Mes.Scheduling.Engine.Search;

/// <summary>One critical path, chosen at random where paths fork.</summary>
sealed class CriticalPath(DisjunctiveShop shop, ShopState state, FastRandom random)
{
    readonly int[] _path = new int[shop.Count];
    int _start;

    public int this[int index] => _path[_start + index];

    public ReadOnlySpan<int> Span(int start, int count) => _path.AsSpan(_start + start, count);

    /// <summary>Follows a path back from an end that makes the makespan; its length.</summary>
    public int Trace()
    {
        var (chosen, seen) = (shop.None, 0);
        foreach (var x in shop.ChainEnds)
            if (state.End[x] == state.Makespan && (++seen == 1 || random.Next(seen) == 0))
                chosen = x;
        return Trace(chosen);
    }

    /// <summary>Follows a longest path back from an operation; its length.</summary>
    public int Trace(int end)
    {
        _start = _path.Length;
        for (var x = end; x != shop.None; x = Previous(x)) _path[--_start] = x;
        return _path.Length - _start;
    }

    int Previous(int x)
    {
        var (job, machine) = (shop.JobPredecessor[x], state.Before[x]);
        var head = state.Head[x];
        var isByJob = job != shop.None && state.End[job] == head;
        var isByMachine = machine != shop.None
            && state.End[machine] + state.Setup(machine, x) == head;
        if (isByJob && isByMachine) return random.Next(2) == 0 ? job : machine;
        return isByJob ? job : isByMachine ? machine : shop.None;
    }
}
