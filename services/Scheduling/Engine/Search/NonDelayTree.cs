namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// Looks for a plan that ends at the lower bound, for shops so tight that no rule and no local search gets there: where
/// a machine may hardly ever be idle, whatever leaves the right order ends in a jam that spreads to all machines. The
/// tree of non-delay schedules (Giffler and Thompson 1960; Baker 1974) is walked depth first in the order of time, the
/// operation with the earliest latest start first. A branch ends as soon as a machine with nothing to do, or an
/// operation that has to wait, can no longer be done within the bound. In a tight shop a wrong choice shows within some
/// operations; in any other the tree is too wide, and is left after a bounded number of nodes.
/// </summary>
sealed class NonDelayTree
{
    const int FirstNodes = 4; // per operation
    const int LastNodes = 64;
    const int Growth = 4;
    readonly DirectedShop _shop;
    readonly long _bound;
    readonly KeyTournament _events;
    readonly int[] _first, _next, _previous; // who is on the way to a machine, or waits there
    readonly int[] _ready, _start, _latest;
    readonly int[] _free, _freeBefore, _left;
    readonly long[] _work;
    readonly int[] _order;
    int _placed, _deepest;

    NonDelayTree(DirectedShop shop, long bound)
    {
        (_shop, _bound) = (shop, bound);
        _events = new KeyTournament(shop.MachineCount);
        (_first, _free) = (new int[shop.MachineCount], new int[shop.MachineCount]);
        (_left, _work) = (new int[shop.MachineCount], new long[shop.MachineCount]);
        (_next, _previous) = (new int[shop.Count + 1], new int[shop.Count + 1]);
        (_ready, _start, _freeBefore) = (new int[shop.Count], new int[shop.Count], new int[shop.Count]);
        _order = new int[shop.Count];
        _latest = LatestStarts();
    }

    /// <summary>A linear order of all operations whose plan ends at the bound, or null if none was found: from the
    /// front and from the back in turn, with more and more nodes as long as they lead much deeper.</summary>
    public static int[]? Find(DisjunctiveShop shop, SearchStop stop)
    {
        NonDelayTree[] trees = [.. new[] { false, true }
            .Select(isBackward => new NonDelayTree(new DirectedShop(shop, isBackward), stop.Target))];
        var (deepest, isWorthIt) = (0, true);
        for (var nodes = FirstNodes; nodes <= LastNodes && isWorthIt && !stop.IsDue; nodes *= Growth)
        {
            if (trees[0].Walk((long)nodes * shop.Count, stop)) return trees[0]._order;
            if (trees[1].Walk((long)nodes * shop.Count, stop)) return [.. trees[1]._order.Reverse()];
            var before = deepest;
            deepest = trees.Max(tree => tree._deepest);
            isWorthIt = deepest >= 2 * before;
        }
        return null;
    }

    /// <summary>Latest start of every operation: what comes after it in its job just fits.</summary>
    int[] LatestStarts()
    {
        var latest = new int[_shop.Count];
        for (var last = 0; last < latest.Length; last++)
        {
            if (_shop.After[last] != _shop.None) continue;
            var end = _bound;
            for (var x = last; x != _shop.None; x = _shop.Before[x])
                end = latest[x] = (int)(Math.Min(end, _bound - _shop.Delivery[x]) - _shop.Duration[x]);
        }
        return latest;
    }

    /// <summary>True if every operation was placed.</summary>
    bool Walk(long nodes, SearchStop stop)
    {
        Begin();
        for (; _placed < _shop.Count; nodes--)
        {
            if (nodes <= 0 || (nodes % SearchStop.Interval == 0 && stop.Tick())) return false;
            if (!TryPlace() && !TryOther()) return false;
        }
        return true;
    }

    void Begin()
    {
        _placed = 0;
        Array.Clear(_free);
        Array.Clear(_left);
        Array.Clear(_work);
        Array.Fill(_first, _shop.None);
        for (var x = 0; x < _shop.Count; x++)
        {
            _left[_shop.Machine[x]]++;
            _work[_shop.Machine[x]] += _shop.Duration[x];
            if (_shop.Before[x] == _shop.None) Announce(x, _shop.Release[x]);
        }
        for (var machine = 0; machine < _shop.MachineCount; machine++) Note(machine);
    }

    /// <summary>The earliest machine takes the most urgent operation that is there. False if some machine had to wait
    /// too long, or whichever it takes makes another one late.</summary>
    bool TryPlace()
    {
        var key = _events.FirstKey;
        if (IsDeadline(key)) return false;
        var operation = MostUrgent(_events.First, (int)(key / 2), _shop.None);
        if (operation == _shop.None) return false;
        Place(operation, (int)(key / 2));
        return true;
    }

    /// <summary>Takes back until there is an operation that was not tried yet, and places that. False if there is
    /// none.</summary>
    bool TryOther()
    {
        while (_placed > 0)
        {
            var operation = _order[_placed - 1];
            TakeBack(operation);
            var other = MostUrgent(_shop.Machine[operation], _start[operation], operation);
            if (other == _shop.None) continue;
            Place(other, _start[operation]);
            return true;
        }
        return false;
    }

    /// <summary>Of those that are there, and let all others of the queue start in time, the one with the earliest
    /// latest start that comes behind the given one; or none.</summary>
    int MostUrgent(int machine, int now, int behind)
    {
        var (earliest, second, best) = (_shop.None, int.MaxValue, _shop.None);
        for (var x = _first[machine]; x != _shop.None; x = _next[x])
        {
            if (earliest == _shop.None || _latest[x] < _latest[earliest])
                (second, earliest) = (earliest == _shop.None ? second : _latest[earliest], x);
            else second = Math.Min(second, _latest[x]);
        }
        for (var x = _first[machine]; x != _shop.None; x = _next[x])
        {
            if (_ready[x] > now || now > _latest[x]) continue;
            if (now + _shop.Duration[x] > (x == earliest ? second : _latest[earliest])) continue;
            if ((behind == _shop.None || IsMoreUrgent(behind, x)) && (best == _shop.None || IsMoreUrgent(x, best)))
                best = x;
        }
        return best;
    }

    bool IsMoreUrgent(int x, int y) => (_latest[x], x).CompareTo((_latest[y], y)) < 0;

    void Place(int operation, int start)
    {
        var (machine, after) = (_shop.Machine[operation], _shop.After[operation]);
        (_start[operation], _order[_placed++]) = (start, operation);
        _deepest = Math.Max(_deepest, _placed);
        Unlink(operation);
        (_freeBefore[operation], _free[machine]) = (_free[machine], start + _shop.Duration[operation]);
        _left[machine]--;
        _work[machine] -= _shop.Duration[operation];
        if (after != _shop.None)
        {
            Announce(after, Math.Max(_free[machine], _shop.Release[after]));
            Note(_shop.Machine[after]);
        }
        Note(machine);
    }

    void TakeBack(int operation)
    {
        var (machine, after) = (_shop.Machine[operation], _shop.After[operation]);
        _placed--;
        if (after != _shop.None)
        {
            Unlink(after);
            Note(_shop.Machine[after]);
        }
        _free[machine] = _freeBefore[operation];
        _left[machine]++;
        _work[machine] += _shop.Duration[operation];
        Announce(operation, _ready[operation]);
        Note(machine);
    }

    void Announce(int operation, int ready)
    {
        ref var first = ref _first[_shop.Machine[operation]];
        _ready[operation] = ready;
        (_next[operation], _previous[operation]) = (first, _shop.None);
        _previous[first] = operation;
        first = operation;
    }

    void Unlink(int operation)
    {
        var (previous, next) = (_previous[operation], _next[operation]);
        if (previous == _shop.None) _first[_shop.Machine[operation]] = next; else _next[previous] = next;
        _previous[next] = previous;
    }

    /// <summary>When a machine acts next: as soon as it is free and something is there, or, if nothing is or all comes
    /// too late, the moment at which it has to have begun.</summary>
    void Note(int machine)
    {
        if (_left[machine] == 0) { _events.Set(machine, long.MaxValue); return; }
        var ready = int.MaxValue;
        for (var x = _first[machine]; x != _shop.None; x = _next[x]) ready = Math.Min(ready, _ready[x]);
        var start = Math.Max(_free[machine], ready);
        var deadline = _bound - _work[machine];
        _events.Set(machine, start > deadline ? 2 * deadline + 1 : 2L * start);
    }

    static bool IsDeadline(long key) => key % 2 != 0;
}

/// <summary>Keys of a fixed number of items, the smallest at hand; a change takes O(log n).</summary>
sealed class KeyTournament
{
    readonly long[] _key;
    readonly int[] _winner;
    readonly int _leaves;

    public KeyTournament(int count)
    {
        _leaves = 1;
        while (_leaves < count) _leaves *= 2;
        _key = new long[_leaves];
        Array.Fill(_key, long.MaxValue);
        _winner = new int[2 * _leaves];
        for (var i = 0; i < _leaves; i++) _winner[_leaves + i] = i;
        for (var i = _leaves - 1; i > 0; i--) _winner[i] = _winner[2 * i];
    }

    /// <summary>The item with the smallest key.</summary>
    public int First => _winner[1];

    public long FirstKey => _key[First];

    public void Set(int item, long key)
    {
        _key[item] = key;
        for (var i = (_leaves + item) / 2; i > 0; i /= 2)
        {
            var (left, right) = (_winner[2 * i], _winner[2 * i + 1]);
            _winner[i] = _key[right] < _key[left] ? right : left;
        }
    }
}
