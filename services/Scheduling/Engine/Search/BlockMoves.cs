namespace Mes.Scheduling.Engine.Search;

/// <summary>A move: an operation goes, on an alternative, behind another operation; and what it is expected to
/// give.</summary>
readonly record struct Move(int Operation, int Alternative, int Behind, long Value);

/// <summary>
/// The neighbourhood N7 (Zhang et al. 2007, after N6 of Balas and Vazacopoulos 1998): within a critical block, an
/// operation moves behind the last or before the first one, and the first and the last one move inside. Each move is
/// valued by the longest way through what it shifts (Balas and Vazacopoulos), without building the graph.
/// </summary>
sealed class BlockMoves(DisjunctiveShop shop, ShopState state, CriticalPath path)
{
    readonly int[] _segment = new int[shop.Count];
    readonly int[] _head = new int[shop.Count];

    /// <summary>Gives every move on one critical path, chosen at random, to the receiver.</summary>
    public void Collect<TReceiver>(ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var length = path.Trace();
        for (var start = 0; start < length;)
        {
            var end = start;
            while (end + 1 < length && state.Before[path[end + 1]] == path[end]) end++;
            if (end > start) CollectBlock(start, end, length, ref receiver);
            start = end + 1;
        }
    }

    /// <summary>Without setups, moves at the outer side of the first and of the last block cannot help.</summary>
    void CollectBlock<TReceiver>(int start, int end, int length, ref TReceiver receiver)
        where TReceiver : struct, IMoveReceiver
    {
        var canMoveLeft = start > 0 || state.Head[path[0]] > 0 || shop.HasSetups;
        var canMoveRight = end < length - 1 || shop.HasSetups;
        if (canMoveRight)
        {
            for (var i = start; i < end; i++) MoveRight(i, end, ref receiver);
            for (var i = start + 1; i < end - 1; i++) MoveLeft(end, i, ref receiver);
        }
        if (!canMoveLeft) return;
        // a block of two has one move
        for (var i = start + (canMoveRight && end == start + 1 ? 2 : 1); i <= end; i++)
            MoveLeft(i, start, ref receiver);
        for (var i = start + 2; i < end; i++) MoveRight(start, i, ref receiver);
    }

    /// <summary>Moves the block's operation at one place behind that at a later one, unless that may close a cycle.
    /// </summary>
    void MoveRight<TReceiver>(int from, int to, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var (u, v) = (path[from], path[to]);
        var next = shop.JobSuccessor[u];
        if (next == v) return;
        if (next != shop.None && state.Rest[v] < state.Rest[next]) return;
        var count = to - from + 1;
        for (var i = 0; i < count - 1; i++) _segment[i] = path[from + 1 + i];
        _segment[count - 1] = u;
        receiver.Consider(new Move(u, state.Alternative[u], v, Value(count, state.Before[u], state.After[v])),
            path.Span(from + 1, count - 1), isBehind: true);
    }

    void MoveLeft<TReceiver>(int from, int to, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var (v, u) = (path[from], path[to]);
        var previous = shop.JobPredecessor[v];
        if (previous == u) return;
        if (previous != shop.None
            && state.End[u] < state.End[previous]) return;
        var count = from - to + 1;
        _segment[0] = v;
        for (var i = 1; i < count; i++) _segment[i] = path[to + i - 1];
        receiver.Consider(new Move(v, state.Alternative[v], state.Before[u],
            Value(count, state.Before[u], state.After[v])),
            path.Span(to, count - 1), isBehind: false);
    }

    /// <summary>Longest way through the segment in its new order between two neighbours that stay.</summary>
    int Value(int count, int before, int after)
    {
        var (previous, end) = (before, state.End[before]);
        for (var i = 0; i < count; i++)
        {
            var x = _segment[i];
            if (shop.HasSetups) end += state.Setup(previous, x);
            var head = Math.Max(Math.Max(shop.Release[x], state.End[shop.JobPredecessor[x]]), end);
            _head[i] = head;
            (previous, end) = (x, head + state.Duration[x]);
        }
        var (next, rest, value) = (after, state.Rest[after], 0);
        for (var i = count - 1; i >= 0; i--)
        {
            var x = _segment[i];
            if (shop.HasSetups && next != shop.None) rest += state.Setup(x, next);
            rest = Math.Max(state.Rest[shop.JobSuccessor[x]], rest) + state.Duration[x];
            value = Math.Max(value, _head[i] + rest);
            next = x;
        }
        return value;
    }
}

/// <summary>Takes the moves of a neighbourhood one by one.</summary>
interface IMoveReceiver
{
    /// <summary>Moves of a greater value need not be given.</summary>
    long Limit { get; }

    /// <summary>A move with its value and the operations it passes on its machine.</summary>
    /// <param name="move">The move.</param>
    /// <param name="passed">What the operation comes to stand behind, or before.</param>
    /// <param name="isBehind">True if it moves behind them.</param>
    void Consider(in Move move, ReadOnlySpan<int> passed, bool isBehind);
}
