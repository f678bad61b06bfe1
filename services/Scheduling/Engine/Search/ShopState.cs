namespace Mes.Scheduling.Engine;

/// <summary>
/// A complete selection of the disjunctive graph: assignment and one sequence per machine, with heads, tails and a
/// topological order that every move keeps up to date. The head is the earliest start; the tail is the longest way
/// from the end of an operation to the end of everything.
/// </summary>
sealed class ShopState
{
    readonly DisjunctiveShop _shop;
    readonly int[] _jobBefore, _jobAfter, _release;
    readonly SetupTimes? _setups;
    readonly bool[] _marked;
    readonly int[] _moved;

    public ShopState(DisjunctiveShop shop)
    {
        _shop = shop;
        (_jobBefore, _jobAfter, _release) = (shop.JobPredecessor, shop.JobSuccessor, shop.Release);
        _setups = shop.Setups;
        var size = shop.Count + 1;
        (Alternative, Machine, Duration) = (new int[size], new int[size], new int[size]);
        (Before, After, Head, Tail) = (new int[size], new int[size], new int[size], new int[size]);
        (Order, Position, _marked, _moved) = (new int[shop.Count], new int[size], new bool[size], new int[shop.Count]);
        First = new int[shop.MachineCount];
    }

    public int[] Alternative { get; }

    public int[] Machine { get; }

    public int[] Duration { get; }

    /// <summary>The operation before on the machine, or none.</summary>
    public int[] Before { get; }

    /// <summary>The operation after on the machine, or none.</summary>
    public int[] After { get; }

    public int[] First { get; }

    public int[] Head { get; }

    public int[] Tail { get; }

    /// <summary>All operations, predecessors first.</summary>
    public int[] Order { get; }

    public int[] Position { get; }

    /// <summary>End of the last operation.</summary>
    public int Makespan { get; private set; }

    /// <summary>What the search minimizes: the makespan, or the weighted tardiness. For the latter no tails are
    /// kept.</summary>
    public long Value { get; private set; }

    /// <summary>Takes assignment and sequences from another state.</summary>
    public void CopyFrom(ShopState other)
    {
        foreach (var (from, to) in (ReadOnlySpan<(int[], int[])>)
        [
            (other.Alternative, Alternative), (other.Machine, Machine), (other.Duration, Duration),
            (other.Before, Before), (other.After, After), (other.First, First), (other.Head, Head),
            (other.Tail, Tail), (other.Order, Order), (other.Position, Position),
        ])
            from.AsSpan().CopyTo(to);
        (Makespan, Value) = (other.Makespan, other.Value);
    }

    /// <summary>The plan, each setup directly before its operation.</summary>
    public Solution ToSolution()
    {
        var operations = Enumerable.Range(0, _shop.Count).ToArray();
        return new Solution(
            Alternative[.._shop.Count],
            Array.ConvertAll(operations, x => Head[x] - Setup(Before[x], x)),
            Head[.._shop.Count],
            Array.ConvertAll(operations, x => Head[x] + Duration[x]),
            Array.ConvertAll(operations, x => Before[x] == _shop.None ? -1 : Before[x]));
    }

    /// <summary>A number that differs, but for rare chance, where sequences or assignments do.</summary>
    public ulong SequenceHash()
    {
        var hash = 0xCBF29CE484222325UL;
        for (var x = 0; x < _shop.Count; x++)
        {
            hash = (hash ^ (uint)Before[x]) * 0x100000001B3UL;
            hash = (hash ^ (uint)Alternative[x]) * 0x100000001B3UL;
        }
        return hash;
    }

    /// <summary>Builds the sequences from alternatives and a linear order in which every chain is in order.</summary>
    public void Build(ReadOnlySpan<int> order, ReadOnlySpan<int> alternative)
    {
        var none = _shop.None;
        var last = new int[_shop.MachineCount];
        Array.Fill(First, none);
        Array.Fill(last, none);
        (Before[none], After[none], Machine[none]) = (none, none, -1);
        for (var i = 0; i < order.Length; i++)
        {
            var operation = order[i];
            Assign(operation, alternative[operation]);
            var machine = Machine[operation];
            (Before[operation], After[operation]) = (last[machine], none);
            if (last[machine] == none) First[machine] = operation; else After[last[machine]] = operation;
            last[machine] = operation;
            (Order[i], Position[operation]) = (operation, i);
        }
        ComputeHeads(0);
        if (!_shop.IsTardiness) ComputeTails(_shop.Count - 1);
    }

    /// <summary>Setup before an operation behind another one, or behind the initial state if that is none.</summary>
    public int Setup(int before, int operation) => _setups is null ? 0 : SetupOn(before, Alternative[operation]);

    /// <summary>Setup of an alternative behind an operation of its machine, or behind the initial state.</summary>
    public int SetupOn(int before, int alternative) => _setups is null ? 0
        : before == _shop.None ? _setups.Initial(alternative) : _setups.Between(Alternative[before], alternative);

    /// <summary>Setup of an operation behind another one on this alternative.</summary>
    public int SetupBetween(int alternative, int after) => _setups?.Between(alternative, Alternative[after]) ?? 0;

    /// <summary>Takes an operation out and puts it, on this alternative, behind another one of that machine, or first
    /// if that is none. False, and nothing changed, if the graph would get a cycle.</summary>
    public bool TryMove(int operation, int alternative, int behind)
    {
        var (oldAlternative, oldBehind) = (Alternative[operation], Before[operation]);
        Relink(operation, alternative, behind);
        var (low, high) = (Position[operation], Position[operation]);
        var isPossible = behind != _shop.None && Position[behind] > low
            ? TryMoveRight(operation, high = Position[behind])
            : After[operation] == _shop.None || Position[After[operation]] > low
                || TryMoveLeft(operation, low = Position[After[operation]]);
        if (!isPossible) { Relink(operation, oldAlternative, oldBehind); return false; }
        ComputeHeads(low);
        if (!_shop.IsTardiness) ComputeTails(high);
        return true;
    }

    void Assign(int operation, int alternative)
    {
        Alternative[operation] = alternative;
        Machine[operation] = _shop.Model.AlternativeEquipment[alternative];
        Duration[operation] = _shop.Model.AlternativeDuration[alternative];
    }

    void Relink(int operation, int alternative, int behind)
    {
        var none = _shop.None;
        var (before, after) = (Before[operation], After[operation]);
        if (before == none) First[Machine[operation]] = after; else After[before] = after;
        if (after != none) Before[after] = before;
        Assign(operation, alternative);
        var machine = Machine[operation];
        var next = behind == none ? First[machine] : After[behind];
        (Before[operation], After[operation]) = (behind, next);
        if (behind == none) First[machine] = operation; else After[behind] = operation;
        if (next != none) Before[next] = operation;
    }

    /// <summary>Moves an operation, with all that depends on it within the window, behind the window's end.</summary>
    bool TryMoveRight(int operation, int end)
    {
        var start = Position[operation];
        var (kept, moved) = (start, 0);
        var last = Order[end];
        for (var i = start; i <= end; i++)
        {
            var x = Order[i];
            var depends = x == operation || _marked[_jobBefore[x]] || _marked[Before[x]];
            _marked[x] = depends;
            if (depends) _moved[moved++] = x;
        }
        var isCycle = _marked[last];
        for (var i = 0; i < moved; i++) _marked[_moved[i]] = false;
        if (isCycle) return false;
        for (int i = start, m = 0; i <= end; i++)
        {
            var x = Order[i];
            if (m < moved && x == _moved[m]) { m++; continue; }
            (Order[kept], Position[x]) = (x, kept);
            kept++;
        }
        for (var i = 0; i < moved; i++, kept++) (Order[kept], Position[_moved[i]]) = (_moved[i], kept);
        return true;
    }

    /// <summary>Moves an operation, with all that it depends on within the window, before the window's start.</summary>
    bool TryMoveLeft(int operation, int start)
    {
        var end = Position[operation];
        var (kept, moved) = (end, 0);
        var first = Order[start];
        for (var i = end; i >= start; i--)
        {
            var x = Order[i];
            var isNeeded = x == operation || _marked[_jobAfter[x]] || _marked[After[x]];
            _marked[x] = isNeeded;
            if (isNeeded) _moved[moved++] = x;
        }
        var isCycle = _marked[first];
        for (var i = 0; i < moved; i++) _marked[_moved[i]] = false;
        if (isCycle) return false;
        for (int i = end, m = 0; i >= start; i--)
        {
            var x = Order[i];
            if (m < moved && x == _moved[m]) { m++; continue; }
            (Order[kept], Position[x]) = (x, kept);
            kept--;
        }
        for (var i = 0; i < moved; i++, kept--) (Order[kept], Position[_moved[i]]) = (_moved[i], kept);
        return true;
    }

    void ComputeHeads(int from)
    {
        for (var i = from; i < Order.Length; i++)
        {
            var x = Order[i];
            var (job, machine) = (_jobBefore[x], Before[x]);
            var byMachine = Head[machine] + Duration[machine];
            if (_setups is not null) byMachine += Setup(machine, x);
            Head[x] = Math.Max(Math.Max(_release[x], byMachine), Head[job] + Duration[job]);
        }
        ComputeValue();
    }

    void ComputeValue()
    {
        var makespan = 0;
        foreach (var x in _shop.ChainEnds) makespan = Math.Max(makespan, Head[x] + Duration[x]);
        (Makespan, Value) = (makespan, makespan);
        if (!_shop.IsTardiness) return;
        long tardiness = 0;
        foreach (var x in _shop.ChainEnds) tardiness += Tardiness(x);
        Value = tardiness;
    }

    /// <summary>Weighted tardiness of the job that ends with this operation.</summary>
    public long Tardiness(int chainEnd)
    {
        var job = _shop.Model.JobOf[chainEnd];
        long late = (long)Head[chainEnd] + Duration[chainEnd] - _shop.Model.JobDue[job];
        return late > 0 ? late * _shop.Model.JobWeight[job] : 0;
    }

    void ComputeTails(int from)
    {
        for (var i = from; i >= 0; i--)
        {
            var x = Order[i];
            var (job, machine) = (_jobAfter[x], After[x]);
            var byMachine = Tail[machine] + Duration[machine];
            if (_setups is not null && machine != _shop.None) byMachine += Setup(x, machine);
            Tail[x] = Math.Max(byMachine, Tail[job] + Duration[job]);
        }
    }
}
