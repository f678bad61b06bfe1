namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// The neighbourhood of Mastrolilli and Gambardella (2000) for flexible shops, with setups as in González, Vela and
/// Varela (2015): each operation of a critical path goes to every place of its machine, and to the best place on each
/// of its alternatives, at which the graph surely stays without cycle. The value of a place is the longest way through
/// the operation there, by the heads and tails before the move; what avoids the operation is left out, for ranking by
/// it was found to be worse, and dearer.
/// </summary>
sealed class InsertionMoves(DisjunctiveShop shop, ShopState state, CriticalPath path)
{
    readonly int[] _passed = new int[shop.Count];
    int _operation, _previous, _next;
    int _ready, _rest, _endOfNext;

    /// <summary>Gives every move of the operations on one critical path to the receiver, but for such that are worse
    /// than what it would take.</summary>
    public void Collect<TReceiver>(ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var length = path.Trace();
        for (var i = 0; i < length; i++)
        {
            TakeOut(path[i]);
            var (from, to) = (shop.Model.AlternativeOffset[_operation], shop.Model.AlternativeOffset[_operation + 1]);
            for (var a = from; a < to; a++)
            {
                if (_ready + shop.Model.AlternativeDuration[a] + _rest > receiver.Limit) continue;
                if (a != state.Alternative[_operation]) { Reassign(a, ref receiver); continue; }
                MoveRight(ref receiver);
                MoveLeft(ref receiver);
            }
        }
    }

    /// <summary>What stays the same wherever the operation goes.</summary>
    void TakeOut(int operation)
    {
        (_operation, _previous, _next) = (operation, shop.JobPredecessor[operation], shop.JobSuccessor[operation]);
        _ready = Math.Max(shop.Release[operation], End(_previous));
        _rest = Rest(_next);
        _endOfNext = _next == shop.None ? int.MaxValue : End(_next);
    }

    int End(int x) => state.Head[x] + state.Duration[x];

    int Rest(int x) => state.Tail[x] + state.Duration[x];

    /// <summary>No way leads from the operation's successor to this one.</summary>
    bool MayPrecede(int x) => x != _next && state.Head[x] < _endOfNext;

    /// <summary>No way leads from this one to the operation's predecessor.</summary>
    bool MayFollow(int x) => _previous == shop.None || (x != _previous && state.Head[_previous] < End(x));

    void MoveRight<TReceiver>(ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var alternative = state.Alternative[_operation];
        var (before, count) = (state.Before[_operation], 0);
        var end = End(before);
        for (var x = state.After[_operation]; x != shop.None && MayPrecede(x); x = state.After[x])
        {
            var ready = Math.Max(shop.Release[x], End(shop.JobPredecessor[x]));
            end = Math.Max(ready, end + state.Setup(before, x)) + state.Duration[x];
            if (Value(alternative, end, 0) > receiver.Limit) return;
            (before, _passed[count++]) = (x, x);
            var after = state.After[x];
            var value = Value(alternative, end + state.SetupOn(x, alternative), RestBehind(alternative, after));
            receiver.Consider(new Move(_operation, alternative, x, value), _passed.AsSpan(0, count), isBehind: true);
        }
    }

    void MoveLeft<TReceiver>(ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var alternative = state.Alternative[_operation];
        var (after, count) = (state.After[_operation], 0);
        var rest = Rest(after);
        for (var x = state.Before[_operation]; x != shop.None && MayFollow(x); x = state.Before[x])
        {
            var byMachine = after == shop.None ? 0 : rest + state.Setup(x, after);
            rest = Math.Max(Rest(shop.JobSuccessor[x]), byMachine) + state.Duration[x];
            if (Value(alternative, 0, rest) > receiver.Limit) return;
            (after, _passed[count++]) = (x, x);
            var before = state.Before[x];
            var value = Value(alternative, End(before) + state.SetupOn(before, alternative),
                rest + state.SetupBetween(alternative, x));
            receiver.Consider(new Move(_operation, alternative, before, value), _passed.AsSpan(0, count),
                isBehind: false);
        }
    }

    void Reassign<TReceiver>(int alternative, ref TReceiver receiver) where TReceiver : struct, IMoveReceiver
    {
        var (before, after) = (shop.None, state.First[shop.Model.AlternativeEquipment[alternative]]);
        while (after != shop.None && !MayFollow(after)) (before, after) = (after, state.After[after]);
        var (best, behind) = (int.MaxValue, before);
        while (before == shop.None || MayPrecede(before))
        {
            var end = End(before);
            if (Value(alternative, end, 0) > Math.Min(best, receiver.Limit)) break; // further on it only grows
            var value = Value(alternative, end + state.SetupOn(before, alternative), RestBehind(alternative, after));
            if (value < best) (best, behind) = (value, before);
            if (after == shop.None) break;
            (before, after) = (after, state.After[after]);
        }
        if (best < int.MaxValue) receiver.Consider(new Move(_operation, alternative, behind, best), [], isBehind: true);
    }

    int RestBehind(int alternative, int after) =>
        after == shop.None ? 0 : Rest(after) + state.SetupBetween(alternative, after);

    int Value(int alternative, int head, int tail) =>
        Math.Max(_ready, head) + shop.Model.AlternativeDuration[alternative] + Math.Max(_rest, tail);
}
