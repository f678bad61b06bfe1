namespace Mes.Scheduling.Engine;

/// <summary>
/// The neighbourhood of Mastrolilli and Gambardella (2000) for flexible shops: each operation of a critical path is
/// taken out of its sequence and put into every place, on each of its alternatives, at which the graph surely stays
/// without cycle. Heads and tails without the operation make the value of each place exact, at constant cost.
/// </summary>
sealed class InsertionMoves(DisjunctiveShop shop, ShopState state, CriticalPath path)
{
    readonly int[] _head = new int[shop.Count + 1];
    readonly int[] _tail = new int[shop.Count + 1];
    readonly int[] _passed = new int[shop.Count];

    /// <summary>Gives every move of the operations on one critical path to the receiver.</summary>
    public void Collect<TReceiver>(ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var length = path.Trace();
        for (var i = 0; i < length; i++)
        {
            var operation = path[i];
            var rest = TakeOut(operation);
            for (var a = shop.Model.AlternativeOffset[operation]; a < shop.Model.AlternativeOffset[operation + 1]; a++)
                Insert(operation, a, rest, ref receiver);
        }
    }

    /// <summary>Heads and tails of the graph without the operation's length and machine arcs; its makespan.</summary>
    int TakeOut(int operation)
    {
        state.Head.AsSpan().CopyTo(_head);
        state.Tail.AsSpan().CopyTo(_tail);
        for (var i = state.Position[operation]; i < shop.Count; i++)
        {
            var x = state.Order[i];
            var job = shop.JobPredecessor[x];
            var before = state.Before[x] == operation ? state.Before[operation] : state.Before[x];
            var byMachine = x == operation ? 0 : _head[before] + state.Duration[before] + state.Setup(before, x);
            var byJob = _head[job] + (job == operation ? 0 : state.Duration[job]);
            _head[x] = Math.Max(Math.Max(shop.Release[x], byMachine), byJob);
        }
        for (var i = state.Position[operation]; i >= 0; i--)
        {
            var x = state.Order[i];
            var job = shop.JobSuccessor[x];
            var after = state.After[x] == operation ? state.After[operation] : state.After[x];
            var byMachine = x == operation || after == shop.None
                ? 0
                : _tail[after] + state.Duration[after] + state.Setup(x, after);
            _tail[x] = Math.Max(byMachine, _tail[job] + (job == operation ? 0 : state.Duration[job]));
        }
        var makespan = 0;
        foreach (var x in shop.ChainEnds)
            makespan = Math.Max(makespan, _head[x] + (x == operation ? 0 : state.Duration[x]));
        return makespan;
    }

    void Insert<TReceiver>(int operation, int alternative, int rest, ref TReceiver receiver)
        where TReceiver : struct, IMoveReceiver
    {
        var machine = shop.Model.AlternativeEquipment[alternative];
        var isOwn = machine == state.Machine[operation];
        var (previous, next) = (shop.JobPredecessor[operation], shop.JobSuccessor[operation]);
        var endOfNext = next == shop.None ? int.MaxValue : _head[next] + state.Duration[next];
        var (before, after) = (shop.None, Skip(state.First[machine], operation));
        while (true)
        {
            // no way leads from the successor to what comes before, nor from what comes after to the predecessor
            if (before != shop.None && (before == next || _head[before] >= endOfNext)) return;
            var isOpen = after == shop.None || previous == shop.None
                || (after != previous && _head[previous] < _head[after] + state.Duration[after]);
            if (isOpen && !(isOwn && before == state.Before[operation]))
            {
                var value = Math.Max(rest, Through(operation, alternative, before, after));
                Offer(new Move(operation, alternative, before, value), isOwn, ref receiver);
            }
            if (after == shop.None) return;
            (before, after) = (after, Skip(state.After[after], operation));
        }
    }

    int Skip(int x, int operation) => x == operation ? state.After[operation] : x;

    /// <summary>Longest way through the operation in this place.</summary>
    int Through(int operation, int alternative, int before, int after)
    {
        var duration = shop.Model.AlternativeDuration[alternative];
        var head = Math.Max(_head[operation],
            _head[before] + state.Duration[before] + state.SetupOn(before, alternative));
        var byMachine = after == shop.None
            ? 0
            : _tail[after] + state.Duration[after] + state.SetupBetween(alternative, after);
        return head + duration + Math.Max(_tail[operation], byMachine);
    }

    void Offer<TReceiver>(in Move move, bool isOwn, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        if (!isOwn) { receiver.Consider(move, [], isBehind: true); return; }
        var isBehind = move.Behind != shop.None && state.Position[move.Behind] > state.Position[move.Operation];
        var count = 0;
        if (isBehind)
        {
            for (var x = state.After[move.Operation]; ; x = state.After[x])
            {
                _passed[count++] = x;
                if (x == move.Behind) break;
            }
        }
        else
        {
            for (var x = state.Before[move.Operation]; x != move.Behind; x = state.Before[x]) _passed[count++] = x;
        }
        receiver.Consider(move, _passed.AsSpan(0, count), isBehind);
    }
}
