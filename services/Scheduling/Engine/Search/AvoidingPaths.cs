namespace Mes.Scheduling.Engine;

/// <summary>
/// For each operation of the critical path, the longest path of the graph that avoids it: what is left when the
/// operation is taken away. A path avoids an operation exactly if one of its arcs leads, in the topological order,
/// from before the operation to behind it; so one pass over all arcs, each raising what it spans, gives them all.
/// </summary>
sealed class AvoidingPaths(DisjunctiveShop shop, ShopState state, CriticalPath path)
{
    readonly int[] _passed = new int[shop.Count + 1];
    readonly int[] _longest = new int[shop.Count];

    /// <summary>Longest path that avoids the operation at this index of the critical path.</summary>
    public int this[int index] => _longest[index];

    public void Compute(int length)
    {
        CountPassed(length);
        Array.Clear(_longest, 0, length);
        for (var i = 0; i < shop.Count; i++)
        {
            var x = state.Order[i];
            var (job, machine) = (shop.JobPredecessor[x], state.Before[x]);
            var (way, to) = (state.Duration[x] + state.Tail[x], _passed[i]);
            Raise(Behind(job), to, state.Head[job] + state.Duration[job] + way);
            Raise(Behind(machine), to, state.Head[machine] + state.Duration[machine] + state.Setup(machine, x) + way);
            if (shop.Release[x] > 0) Raise(0, to, shop.Release[x] + way);
            if (shop.JobSuccessor[x] == shop.None) Raise(_passed[i + 1], length, state.Head[x] + state.Duration[x]);
        }
    }

    /// <summary>Per place of the topological order, how many operations of the critical path stand before it.</summary>
    void CountPassed(int length)
    {
        var from = 0;
        for (var i = 0; i < length; i++)
        {
            var to = state.Position[path[i]];
            Array.Fill(_passed, i, from, to + 1 - from);
            from = to + 1;
        }
        Array.Fill(_passed, length, from, shop.Count + 1 - from);
    }

    int Behind(int x) => x == shop.None ? 0 : _passed[state.Position[x] + 1];

    void Raise(int from, int to, int value)
    {
        for (var i = from; i < to; i++)
            if (_longest[i] < value) _longest[i] = value;
    }
}
