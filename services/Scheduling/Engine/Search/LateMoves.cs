namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// Moves against weighted tardiness: for every late job, along the longest way to its end (the critical trees of Mati,
/// Dauzère-Pérès and Lahlou 2011), block moves as for the makespan, estimated by tails per job, and, in flexible
/// shops, other alternatives, each tried and taken back. Where there are more than a round has time for, each round
/// begins with another job.
/// </summary>
sealed class LateMoves(DisjunctiveShop shop, ShopState state, CriticalPath path, FastRandom random)
{
    const int SeenBits = 12;
    const int WorkMax = 500_000; // of each half of a round: operations timed anew, and registers of estimates
    readonly JobTails _tails = new(shop, state);
    readonly int[] _segment = new int[shop.Count];
    readonly int[] _passed = new int[shop.Count];
    readonly long[] _seen = new long[1 << SeenBits];
    Candidate[] _candidates = new Candidate[64];
    int _count, _work;
    long _round;

    readonly record struct Candidate(Move Move, bool IsBehind);

    /// <summary>Gives the receiver moves with their exact values, the most promising first, until by their estimates
    /// the others cannot be better, or the round has done its work. Estimates err on the low side, so the best of them
    /// is often not the best move.</summary>
    public void Collect<TReceiver>(ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        (_round, _count, _work) = (_round + 1, 0, 0);
        _tails.Compute();
        var ends = shop.ChainEnds;
        var first = random.Next(ends.Length);
        for (var i = 0; i < ends.Length && _work < WorkMax; i++) Collect(ends[(first + i) % ends.Length], ref receiver);
        _work = 0;
        while (_count > 0 && _work < WorkMax)
        {
            var next = Pop();
            if (next.Move.Value >= receiver.Limit) return;
            if (ValueOf(next.Move) is not { } value) continue;
            receiver.Consider(next.Move with { Value = value }, Passed(next), next.IsBehind);
        }
    }

    void Collect<TReceiver>(int end, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        if (state.Tardiness(end) == 0) return;
        var length = path.Trace(end);
        CollectBlocks(length);
        if (shop.IsFlexible) CollectAlternatives(length, ref receiver);
    }

    /// <summary>Takes out the candidate with the best estimate.</summary>
    Candidate Pop()
    {
        var best = 0;
        for (var i = 1; i < _count; i++) if (_candidates[i].Move.Value < _candidates[best].Move.Value) best = i;
        var candidate = _candidates[best];
        _candidates[best] = _candidates[--_count];
        return candidate;
    }

    ReadOnlySpan<int> Passed(in Candidate candidate)
    {
        var (move, count) = (candidate.Move, 0);
        var step = candidate.IsBehind ? state.After : state.Before;
        var end = candidate.IsBehind ? state.After[move.Behind] : move.Behind;
        for (var x = step[move.Operation]; x != end; x = step[x]) _passed[count++] = x;
        return _passed.AsSpan(0, count);
    }

    void CollectBlocks(int length)
    {
        for (var start = 0; start < length;)
        {
            var end = start;
            while (end + 1 < length && state.Before[path[end + 1]] == path[end]) end++;
            for (var i = start; i < end; i++) MoveRight(i, end);
            for (var i = start + 1; i <= end; i++) MoveLeft(i, start);
            for (var i = start + 1; i < end - 1; i++) MoveRight(i, i + 1);
            start = end + 1;
        }
    }

    void MoveRight(int from, int to)
    {
        var (u, v) = (path[from], path[to]);
        var next = shop.JobSuccessor[u];
        if (next == v || (next != shop.None && state.Head[v] >= state.End[next])) return;
        if (!IsNew(u, state.Alternative[u], v)) return;
        var passed = path.Span(from + 1, to - from);
        passed.CopyTo(_segment);
        _segment[passed.Length] = u;
        Add(u, v, isBehind: true, passed.Length + 1, state.Before[u], state.After[v]);
    }

    void MoveLeft(int from, int to)
    {
        var (v, u) = (path[from], path[to]);
        var previous = shop.JobPredecessor[v];
        if (previous == u || (previous != shop.None && state.End[u] <= state.Head[previous])) return;
        if (!IsNew(v, state.Alternative[v], state.Before[u])) return;
        var passed = path.Span(to, from - to);
        passed.CopyTo(_segment.AsSpan(1));
        _segment[0] = v;
        Add(v, state.Before[u], isBehind: false, passed.Length + 1, state.Before[u], state.After[v]);
    }

    void Add(int x, int behind, bool isBehind, int count, int before, int after)
    {
        var value = _tails.Estimate(_segment.AsSpan(0, count), before, after);
        _work += count * _tails.Width;
        if (_count == _candidates.Length) Array.Resize(ref _candidates, 2 * _count);
        _candidates[_count++] = new Candidate(new Move(x, state.Alternative[x], behind, value), isBehind);
    }

    void CollectAlternatives<TReceiver>(int length, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var model = shop.Model;
        for (var i = 0; i < length; i++)
        {
            var x = path[i];
            for (var a = model.AlternativeOffset[x]; a < model.AlternativeOffset[x + 1]; a++)
                if (a != state.Alternative[x]) TryPlaces(x, a, ref receiver);
        }
    }

    /// <summary>Every place on another machine that surely leaves the graph without cycle.</summary>
    void TryPlaces<TReceiver>(int x, int alternative, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var (previous, next) = (shop.JobPredecessor[x], shop.JobSuccessor[x]);
        var endOfNext = next == shop.None ? int.MaxValue : state.End[next];
        var before = shop.None;
        var after = state.First[shop.Model.AlternativeEquipment[alternative]];
        while (_work < WorkMax && (before == shop.None || (before != next && state.Head[before] < endOfNext)))
        {
            var isOpen = after == shop.None || previous == shop.None
                || (after != previous && state.Head[previous] < state.End[after]);
            if (isOpen) Try(x, alternative, before, ref receiver);
            if (after == shop.None) return;
            (before, after) = (after, state.After[after]);
        }
    }

    void Try<TReceiver>(int x, int alternative, int behind, ref TReceiver receiver)
        where TReceiver : struct, IMoveReceiver
    {
        var move = new Move(x, alternative, behind, 0);
        if (!IsNew(x, alternative, behind) || ValueOf(move) is not { } value) return;
        receiver.Consider(move with { Value = value }, [], isBehind: true);
    }

    /// <summary>Makes a move and takes it back; its value, or null if it is not possible.</summary>
    long? ValueOf(in Move move)
    {
        var (oldAlternative, oldBehind) = (state.Alternative[move.Operation], state.Before[move.Operation]);
        if (!state.TryMove(move.Operation, move.Alternative, move.Behind)) return null;
        _work += 2 * shop.Count;
        var value = state.Value;
        state.TryMove(move.Operation, oldAlternative, oldBehind);
        return value;
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
