using System.Runtime.Intrinsics;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// A complete selection of the disjunctive graph: assignment and one sequence per machine, with heads, tails and a
/// topological order that every move keeps up to date. The head is the earliest start; the tail is the longest way
/// from the end of an operation to the end of everything.
/// </summary>
sealed class ShopState
{
    readonly DisjunctiveShop _shop;
    readonly int[] _jobBefore, _jobAfter, _release;
    readonly SetupLookup? _setups;
    readonly TopologicalOrder _order;

    public ShopState(DisjunctiveShop shop)
    {
        _shop = shop;
        (_jobBefore, _jobAfter, _release) = (shop.JobPredecessor, shop.JobSuccessor, shop.Release);
        _setups = shop.Setups;
        var size = shop.Count + 1;
        (Alternative, Machine, Duration) = (new int[size], new int[size], new int[size]);
        (Before, After, Head, Tail) = (new int[size], new int[size], new int[size], new int[size]);
        (End, Rest) = (new int[size], new int[size]);
        _order = new TopologicalOrder(shop, Before, After);
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

    /// <summary>The head with the duration.</summary>
    public int[] End { get; }

    public int[] Tail { get; }

    /// <summary>The tail with the duration.</summary>
    public int[] Rest { get; }

    /// <summary>All operations, predecessors first.</summary>
    public int[] Order => _order.Order;

    public int[] Position => _order.Position;

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
            (other.End, End), (other.Tail, Tail), (other.Rest, Rest), (other.Order, Order),
            (other.Position, Position),
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
            End[.._shop.Count],
            Array.ConvertAll(operations, x => Before[x] == _shop.None ? -1 : Before[x]));
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
            ? _order.TryMoveRight(operation, high = Position[behind])
            : After[operation] == _shop.None || Position[After[operation]] > low
                || _order.TryMoveLeft(operation, low = Position[After[operation]]);
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

    /// <summary>Heads from a place in the order on. A move changes more than half of them: a plain sweep is faster than
    /// one that looks for what has changed.</summary>
    void ComputeHeads(int from)
    {
        if (_setups is not null) ComputeHeadsWithSetups(from); else ComputePlainHeads(from);
        ComputeValue();
    }

    void ComputePlainHeads(int from)
    {
        ref var jobBefore = ref Unchecked.First(_jobBefore);
        ref var before = ref Unchecked.First(Before);
        ref var release = ref Unchecked.First(_release);
        ref var duration = ref Unchecked.First(Duration);
        ref var head = ref Unchecked.First(Head);
        ref var end = ref Unchecked.First(End);
        foreach (var x in Order.AsSpan(from))
        {
            var byJob = Unchecked.Load(ref end, Unchecked.At(ref jobBefore, x));
            var byMachine = Unchecked.Load(ref end, Unchecked.At(ref before, x));
            var start = Vector128.Max(Vector128.Max(Unchecked.Load(ref release, x), byJob), byMachine);
            Unchecked.At(ref head, x) = start.ToScalar();
            Unchecked.At(ref end, x) = (start + Unchecked.Load(ref duration, x)).ToScalar();
        }
    }

    void ComputeHeadsWithSetups(int from)
    {
        foreach (var x in Order.AsSpan(from))
        {
            var byMachine = End[Before[x]] + Setup(Before[x], x);
            Head[x] = Math.Max(Math.Max(_release[x], End[_jobBefore[x]]), byMachine);
            End[x] = Head[x] + Duration[x];
        }
    }

    /// <summary>Tails from a place in the order backwards.</summary>
    void ComputeTails(int from)
    {
        if (_setups is not null) ComputeTailsWithSetups(from); else ComputePlainTails(from);
    }

    void ComputePlainTails(int from)
    {
        ref var jobAfter = ref Unchecked.First(_jobAfter);
        ref var after = ref Unchecked.First(After);
        ref var duration = ref Unchecked.First(Duration);
        ref var tail = ref Unchecked.First(Tail);
        ref var rest = ref Unchecked.First(Rest);
        ref var order = ref Unchecked.First(Order);
        for (var i = from; i >= 0; i--)
        {
            var x = Unchecked.At(ref order, i);
            var byJob = Unchecked.Load(ref rest, Unchecked.At(ref jobAfter, x));
            var byMachine = Unchecked.Load(ref rest, Unchecked.At(ref after, x));
            var longest = Vector128.Max(byJob, byMachine);
            Unchecked.At(ref tail, x) = longest.ToScalar();
            Unchecked.At(ref rest, x) = (longest + Unchecked.Load(ref duration, x)).ToScalar();
        }
    }

    void ComputeTailsWithSetups(int from)
    {
        for (var i = from; i >= 0; i--)
        {
            var x = Order[i];
            var after = After[x];
            var byMachine = after == _shop.None ? 0 : Rest[after] + Setup(x, after);
            Tail[x] = Math.Max(byMachine, Rest[_jobAfter[x]]);
            Rest[x] = Tail[x] + Duration[x];
        }
    }

    void ComputeValue()
    {
        var makespan = 0;
        foreach (var x in _shop.ChainEnds) makespan = Math.Max(makespan, End[x]);
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
        long late = (long)End[chainEnd] - _shop.Model.JobDue[job];
        return late > 0 ? late * _shop.Model.JobWeight[job] : 0;
    }
}
