using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// One list schedule of a shop without alternatives and setups, from the front or, with every arc turned round, from
/// the back. Time moves from event to event; an idle machine takes the waiting operation with the smallest key, or
/// with patience one that arrives soon. O(log N) per operation, and nothing is allocated after the first pass.
/// </summary>
sealed class ListPass
{
    readonly DirectedShop _shop;
    readonly IndexHeap _events = new();
    readonly IndexHeap[] _waiting;
    readonly int[] _free, _arriving, _next, _ready;
    double[] _key = [];
    int _placed, _makespan;

    public ListPass(DirectedShop shop)
    {
        _shop = shop;
        _waiting = [.. Enumerable.Range(0, shop.MachineCount).Select(_ => new IndexHeap())];
        (_free, _arriving) = (new int[shop.MachineCount], new int[shop.MachineCount]);
        (_next, _ready) = (new int[shop.Count], new int[shop.Count]);
        (Start, Order) = (new int[shop.Count], new int[shop.Count]);
    }

    /// <summary>Per operation when it starts, counted in the direction of the pass.</summary>
    public int[] Start { get; }

    /// <summary>The operations in the order in which they were placed.</summary>
    public int[] Order { get; }

    /// <summary>When an operation ends, counted in the direction of the pass.</summary>
    public int End(int operation) => Start[operation] + _shop.Duration[operation];

    /// <summary>Plans every operation; the makespan.</summary>
    /// <param name="key">Per operation; the smallest goes first.</param>
    /// <param name="patience">0: an operation that waits is started at once. Up to 1: a machine stays idle for one
    /// with a smaller key that arrives within this share of the time the waiting one would take.</param>
    public int Run(double[] key, double patience)
    {
        Begin(key);
        while (_events.Count > 0)
        {
            var (time, machine) = _events.Pop();
            if (_free[machine] <= time) Decide(machine, (int)time, patience);
        }
        return _makespan;
    }

    void Begin(double[] key)
    {
        (_key, _placed, _makespan) = (key, 0, 0);
        _events.Clear();
        foreach (var heap in _waiting) heap.Clear();
        Array.Clear(_free);
        Array.Fill(_arriving, -1);
        for (var x = 0; x < _shop.Count; x++) if (_shop.Before[x] == _shop.None) Announce(x, _shop.Release[x]);
    }

    /// <summary>It is known when an operation arrives at its machine.</summary>
    void Announce(int operation, int ready)
    {
        var machine = _shop.Machine[operation];
        _ready[operation] = ready;
        (_next[operation], _arriving[machine]) = (_arriving[machine], operation);
        if (_free[machine] <= ready) _events.Push(ready, machine);
    }

    void Decide(int machine, int now, double patience)
    {
        var earliest = Arrive(machine, now);
        var waiting = _waiting[machine];
        if (waiting.Count == 0)
        {
            if (earliest != ModelTime.Never) _events.Push(earliest, machine);
            return;
        }
        var (key, chosen) = waiting.Top;
        var arriving = Better(machine, key, now + patience * _shop.Duration[chosen]);
        if (arriving >= 0) Unlink(machine, chosen = arriving); else waiting.Pop();
        Place(chosen, machine, Math.Max(now, _ready[chosen]));
    }

    /// <summary>Lets those join the queue that have come; when the next one comes.</summary>
    int Arrive(int machine, int now)
    {
        var earliest = ModelTime.Never;
        for (int x = _arriving[machine], last = -1; x >= 0; x = _next[x])
        {
            if (_ready[x] > now)
            {
                earliest = Math.Min(earliest, _ready[x]);
                last = x;
                continue;
            }
            _waiting[machine].Push(_key[x], x);
            if (last < 0) _arriving[machine] = _next[x]; else _next[last] = _next[x];
        }
        return earliest;
    }

    /// <summary>What arrives before the limit and has the smallest key, if that is below the given one; or −1.
    /// </summary>
    int Better(int machine, double key, double limit)
    {
        var best = -1;
        for (var x = _arriving[machine]; x >= 0; x = _next[x])
            if (_ready[x] < limit && _key[x] < key) (best, key) = (x, _key[x]);
        return best;
    }

    void Unlink(int machine, int operation)
    {
        if (_arriving[machine] == operation) { _arriving[machine] = _next[operation]; return; }
        var x = _arriving[machine];
        while (_next[x] != operation) x = _next[x];
        _next[x] = _next[operation];
    }

    void Place(int operation, int machine, int start)
    {
        var end = start + _shop.Duration[operation];
        (Start[operation], Order[_placed++], _free[machine]) = (start, operation, end);
        _makespan = Math.Max(_makespan, end + _shop.Delivery[operation]);
        _events.Push(end, machine);
        var next = _shop.After[operation];
        if (next != _shop.None) Announce(next, Math.Max(end, _shop.Release[next]));
    }
}
