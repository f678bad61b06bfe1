using Mes.Scheduling.Engine.Listing;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// Tabu search with path relinking (Peng, Lü, Cheng 2015): elites are combined, what comes out is improved by tabu
/// search. A point between two elites is made from their topological orders: sorting the operations by a weighted
/// mean of their two positions keeps every order on which both agree, so it is always feasible.
/// </summary>
sealed class PathRelinking
{
    const int IdleMax = 12_500;
    const int IdleMaxLargeFlexible = 4_000; // many short searches, soon recombined
    const int IdleMaxPerOperation = 40; // of a search against tardiness: it has many short valleys
    const int ProbeIdleMax = 500;
    const int Probes = 4;
    const double NearestWeight = 0.3;
    readonly DisjunctiveShop _shop;
    readonly Population _population;
    readonly SearchStop _stop;
    readonly FastRandom _random;
    readonly TabuSearch _search;
    readonly StartSolutions _starts;
    readonly ForwardBackward? _forwardBackward;
    readonly ShopState _first, _second, _probe, _child;
    readonly double[] _key;
    readonly int[] _order, _alternative;
    readonly int _idleMax;

    public PathRelinking(DisjunctiveShop shop, Population population, SearchStop stop, int seed)
    {
        (_shop, _population, _stop, _random) = (shop, population, stop, new FastRandom(seed));
        _idleMax = shop.IsTardiness ? Math.Min(IdleMax, IdleMaxPerOperation * shop.Count)
            : shop.IsLargeFlexible ? IdleMaxLargeFlexible : IdleMax;
        _search = new TabuSearch(shop, _random);
        _starts = new StartSolutions(shop, _random);
        _forwardBackward = ForwardBackward.TryCreate(shop, _random);
        (_first, _second) = (new ShopState(shop), new ShopState(shop));
        (_probe, _child) = (new ShopState(shop), new ShopState(shop));
        (_key, _order, _alternative) = (new double[shop.Count], new int[shop.Count], new int[shop.Count]);
    }

    /// <summary>Works until it is time to stop.</summary>
    public void Run()
    {
        while (!_stop.IsDue && _population.BestValue > _stop.Target)
        {
            if (_population.NextStart() is { } number) Start(number);
            else if (_population.TryPickParents(_random, _first, _second)) Relink();
            _search.Run(_child, _idleMax, _stop);
            _population.Add(_child);
        }
    }

    void Start(int number)
    {
        if (_forwardBackward is null) _starts.Create(number, _child);
        else _child.Build(_forwardBackward.Create(number, _stop), _shop.Model.AlternativeOffset);
        _population.KeepBest(_child);
        if (_forwardBackward is null || number > 0 || _child.Value <= _stop.Target) return;
        if (NonDelayTree.Find(_shop, _stop) is { } order) _child.Build(order, _shop.Model.AlternativeOffset);
        _population.KeepBest(_child);
    }

    /// <summary>Takes the best of a few points between the two parents, each improved a little.</summary>
    void Relink()
    {
        var best = long.MaxValue;
        for (var i = 0; i < Probes; i++)
        {
            Combine(NearestWeight + _random.NextDouble() * (1 - 2 * NearestWeight));
            _search.Run(_probe, ProbeIdleMax, _stop);
            if (_probe.Value >= best) continue;
            best = _probe.Value;
            _child.CopyFrom(_probe);
        }
    }

    void Combine(double weight)
    {
        for (var x = 0; x < _shop.Count; x++)
        {
            _order[x] = x;
            _key[x] = (1 - weight) * _first.Position[x] + weight * _second.Position[x];
            _alternative[x] = (_random.NextDouble() < weight ? _second : _first).Alternative[x];
        }
        Array.Sort(_key, _order);
        _probe.Build(_order, _alternative);
    }
}

/// <summary>Where elites come from: first the plans of the dispatching rules, then random orders in which every
/// operation takes the alternative on which it ends first.</summary>
sealed class StartSolutions(DisjunctiveShop shop, Random random)
{
    readonly int[] _order = new int[shop.Count];
    readonly int[] _alternative = new int[shop.Count];

    public void Create(int number, ShopState state)
    {
        var rules = Enum.GetValues<DispatchRule>();
        if (number < rules.Length) FromRule(rules[number]); else AtRandom();
        state.Build(_order, _alternative);
    }

    void FromRule(DispatchRule rule)
    {
        var (solution, _) = ListPlanner.Solve(shop.Model, [rule], CancellationToken.None);
        solution.Alternative.CopyTo(_alternative, 0);
        ToOrder(solution.Start, solution.End);
    }

    /// <summary>Sorts by start; what takes no time comes first, and a chain stays in order.</summary>
    void ToOrder(int[] start, int[] end)
    {
        var rank = new int[shop.Count];
        var topological = shop.Model.TopologicalOrder;
        for (var i = 0; i < rank.Length; i++) rank[topological[i]] = i;
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
        Array.Sort(_order, (a, b) => (start[a], end[a], rank[a]).CompareTo((start[b], end[b], rank[b])));
    }

    void AtRandom()
    {
        var open = new List<int>();
        for (var x = 0; x < shop.Count; x++) if (shop.JobPredecessor[x] == shop.None) open.Add(x);
        var free = new long[shop.MachineCount];
        var end = new long[shop.Count + 1];
        for (var i = 0; i < _order.Length; i++)
        {
            var k = random.Next(open.Count);
            var x = open[k];
            _order[i] = x;
            Assign(x, free, end);
            if (shop.JobSuccessor[x] != shop.None) open[k] = shop.JobSuccessor[x];
            else { open[k] = open[^1]; open.RemoveAt(open.Count - 1); }
        }
    }

    void Assign(int x, long[] free, long[] end)
    {
        var (best, model) = (long.MaxValue, shop.Model);
        for (var a = model.AlternativeOffset[x]; a < model.AlternativeOffset[x + 1]; a++)
        {
            var begin = Math.Max(end[shop.JobPredecessor[x]], free[model.AlternativeEquipment[a]]);
            if (begin + model.AlternativeDuration[a] >= best) continue;
            (best, _alternative[x]) = (begin + model.AlternativeDuration[a], a);
        }
        end[x] = free[model.AlternativeEquipment[_alternative[x]]] = best;
    }
}
