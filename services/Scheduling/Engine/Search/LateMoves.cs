namespace Mes.Scheduling.Engine;

/// <summary>
/// Moves against weighted tardiness: for every late job, along the longest way to its end (the critical trees of Mati,
/// Dauzère-Pérès and Lahlou 2011), block moves as for the makespan and, in flexible shops, other alternatives. Each
/// is tried and taken back, which makes its value exact.
/// </summary>
sealed class LateMoves(DisjunctiveShop shop, ShopState state, Random random)
{
    const int SeenBits = 12;
    readonly int[] _path = new int[shop.Count];
    readonly long[] _seen = new long[1 << SeenBits];
    long _round;

    /// <summary>Gives every move, once, to the receiver.</summary>
    public void Collect<TReceiver>(ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        _round++;
        foreach (var end in shop.ChainEnds)
        {
            if (state.Tardiness(end) == 0) continue;
            var length = Trace(end);
            CollectBlocks(length, ref receiver);
            if (shop.IsFlexible) CollectAlternatives(length, ref receiver);
        }
    }

    /// <summary>Follows a longest way back from the end of a job; the path is in the order of time.</summary>
    int Trace(int end)
    {
        var count = 0;
        for (var x = end; x != shop.None; x = Previous(x)) _path[count++] = x;
        Array.Reverse(_path, 0, count);
        return count;
    }

    int Previous(int x)
    {
        var (job, machine) = (shop.JobPredecessor[x], state.Before[x]);
        var isByJob = job != shop.None && state.Head[job] + state.Duration[job] == state.Head[x];
        var isByMachine = machine != shop.None
            && state.Head[machine] + state.Duration[machine] + state.Setup(machine, x) == state.Head[x];
        if (isByJob && isByMachine) return random.Next(2) == 0 ? job : machine;
        return isByJob ? job : isByMachine ? machine : shop.None;
    }

    void CollectBlocks<TReceiver>(int length, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        for (var start = 0; start < length;)
        {
            var end = start;
            while (end + 1 < length && state.Before[_path[end + 1]] == _path[end]) end++;
            for (var i = start; i < end; i++) MoveRight(i, end, ref receiver);
            for (var i = start + 1; i <= end; i++) MoveLeft(i, start, ref receiver);
            for (var i = start + 1; i < end - 1; i++) MoveRight(i, i + 1, ref receiver);
            start = end + 1;
        }
    }

    void MoveRight<TReceiver>(int from, int to, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var (u, v) = (_path[from], _path[to]);
        var next = shop.JobSuccessor[u];
        if (next == v || (next != shop.None && state.Head[v] >= state.Head[next] + state.Duration[next])) return;
        Try(u, state.Alternative[u], v, _path.AsSpan(from + 1, to - from), isBehind: true, ref receiver);
    }

    void MoveLeft<TReceiver>(int from, int to, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var (v, u) = (_path[from], _path[to]);
        var previous = shop.JobPredecessor[v];
        if (previous == u
            || (previous != shop.None && state.Head[u] + state.Duration[u] <= state.Head[previous])) return;
        Try(v, state.Alternative[v], state.Before[u], _path.AsSpan(to, from - to), isBehind: false, ref receiver);
    }

    void CollectAlternatives<TReceiver>(int length, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var model = shop.Model;
        for (var i = 0; i < length; i++)
        {
            var x = _path[i];
            for (var a = model.AlternativeOffset[x]; a < model.AlternativeOffset[x + 1]; a++)
                if (a != state.Alternative[x]) TryPlaces(x, a, ref receiver);
        }
    }

    /// <summary>Every place on another machine that surely leaves the graph without cycle.</summary>
    void TryPlaces<TReceiver>(int x, int alternative, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var (previous, next) = (shop.JobPredecessor[x], shop.JobSuccessor[x]);
        var endOfNext = next == shop.None ? int.MaxValue : state.Head[next] + state.Duration[next];
        var before = shop.None;
        var after = state.First[shop.Model.AlternativeEquipment[alternative]];
        while (before == shop.None || (before != next && state.Head[before] < endOfNext))
        {
            var isOpen = after == shop.None || previous == shop.None
                || (after != previous && state.Head[previous] < state.Head[after] + state.Duration[after]);
            if (isOpen) Try(x, alternative, before, [], isBehind: true, ref receiver);
            if (after == shop.None) return;
            (before, after) = (after, state.After[after]);
        }
    }

    void Try<TReceiver>(int x, int alternative, int behind, ReadOnlySpan<int> passed, bool isBehind,
        ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        if (!IsNew(x, alternative, behind)) return;
        var (oldAlternative, oldBehind) = (state.Alternative[x], state.Before[x]);
        if (!state.TryMove(x, alternative, behind)) return;
        var value = state.Value;
        state.TryMove(x, oldAlternative, oldBehind);
        receiver.Consider(new Move(x, alternative, behind, value), passed, isBehind);
    }

    /// <summary>False if the same move was tried in this round, as far as a small hashed table remembers.</summary>
    bool IsNew(int x, int alternative, int behind)
    {
        var key = ((uint)x * 0x9E3779B1u + (uint)behind * 0x85EBCA6Bu + (uint)alternative) * 0xC2B2AE35u;
        ref var seen = ref _seen[key >> (32 - SeenBits)];
        var stamp = (_round << 32) | key;
        if (seen == stamp) return false;
        seen = stamp;
        return true;
    }
}
