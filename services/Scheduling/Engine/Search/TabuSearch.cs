namespace Mes.Scheduling.Engine.Search;

/// <summary>Recently undone orders and assignments, as the iteration until which they must not come back. A small
/// hashed table: what collides is forbidden too, which happens to one pair in some hundreds and does no harm.</summary>
sealed class TabuList
{
    const int Bits = 13;
    readonly long[] _until = new long[1 << Bits];

    public void Clear() => Array.Clear(_until);

    public void Forbid(int first, int second, long until) => _until[Slot(first, second)] = until;

    public bool IsForbidden(int first, int second, long iteration) => _until[Slot(first, second)] > iteration;

    static uint Slot(int first, int second) =>
        ((uint)first * 0x9E3779B1u + (uint)second * 0x85EBCA6Bu) * 0xC2B2AE35u >> (32 - Bits);
}

/// <summary>
/// Tabu search on the disjunctive graph (Nowicki and Smutnicki 1996; Zhang et al. 2007): in every iteration the best
/// move that is not forbidden, or that promises a new best. What a move undoes is forbidden for a while.
/// </summary>
sealed class TabuSearch
{
    readonly DisjunctiveShop _shop;
    readonly ShopState _state;
    readonly FastRandom _random;
    readonly TabuList _tabu = new();
    readonly BlockMoves _blockMoves;
    readonly InsertionMoves _insertionMoves;
    readonly LateMoves? _lateMoves; // with tails per job, which are large: only where tardiness counts
    readonly int[] _passed;
    readonly int _tenureMin, _tenureMax;
    long _iteration;

    public TabuSearch(DisjunctiveShop shop, FastRandom random)
    {
        (_shop, _random) = (shop, random);
        _state = new ShopState(shop);
        var path = new CriticalPath(shop, _state, random);
        _blockMoves = new BlockMoves(shop, _state, path);
        _insertionMoves = new InsertionMoves(shop, _state, path);
        if (shop.IsTardiness) _lateMoves = new LateMoves(shop, _state, path, random);
        _passed = new int[shop.Count];
        var (jobs, machines) = (shop.ChainEnds.Length, Math.Max(1, shop.MachineCount));
        _tenureMin = 10 + jobs / machines;
        _tenureMax = (int)(_tenureMin * (jobs <= 2 * machines ? 1.4 : 1.5));
    }

    /// <summary>Iterations done so far, over all runs.</summary>
    public long Iterations => _iteration;

    /// <summary>Improves a state in place until so many iterations have brought nothing, or it is told to
    /// stop.</summary>
    /// <param name="best">The start, and at the end the best state found.</param>
    /// <param name="idleMax">Iterations without a new best after which it ends.</param>
    /// <param name="stop">Asked now and then.</param>
    public void Run(ShopState best, int idleMax, SearchStop stop)
    {
        _state.CopyFrom(best);
        _tabu.Clear();
        for (var idle = 0; idle < idleMax && best.Value > stop.Target; idle++, _iteration++)
        {
            if (_iteration % SearchStop.Interval == 0 && stop.Tick()) return;
            var choice = new Choice(_tabu, _random, _iteration, best.Value, _passed);
            Collect(ref choice);
            if (!choice.HasMove) return;
            Do(choice);
            if (_state.Value >= best.Value) continue;
            best.CopyFrom(_state);
            idle = 0;
        }
    }

    void Collect(ref Choice choice)
    {
        if (_lateMoves is not null) _lateMoves.Collect(ref choice);
        else if (_shop.IsFlexible) _insertionMoves.Collect(ref choice);
        else _blockMoves.Collect(ref choice);
    }

    void Do(in Choice choice)
    {
        var (operation, alternative) = (choice.Move.Operation, choice.Move.Alternative);
        var old = _state.Alternative[operation];
        var until = _iteration + _random.Next(_tenureMin, _tenureMax + 1);
        if (!_state.TryMove(operation, alternative, choice.Move.Behind))
        {
            Forbid(choice, until, isUndone: false); // it would close a cycle: look elsewhere
            return;
        }
        if (alternative != old) _tabu.Forbid(operation, _shop.Count + old, until);
        else Forbid(choice, until, isUndone: true);
    }

    /// <summary>Forbids the orders that a move has undone, or those that it would make.</summary>
    void Forbid(in Choice choice, long until, bool isUndone)
    {
        var operation = choice.Move.Operation;
        if (choice.PassedCount == 0) _tabu.Forbid(operation, _shop.Count + choice.Move.Alternative, until);
        foreach (var x in _passed.AsSpan(0, choice.PassedCount))
        {
            if (choice.IsBehind == isUndone) _tabu.Forbid(operation, x, until); else _tabu.Forbid(x, operation, until);
        }
    }

    /// <summary>Keeps the best move that is allowed, and one of the others in case there is none.</summary>
    struct Choice(TabuList tabu, FastRandom random, long iteration, long best, int[] passed) : IMoveReceiver
    {
        long _value = long.MaxValue;
        bool _isAllowed;
        int _equal;
        int _seen;

        public Move Move { get; private set; }

        public int PassedCount { get; private set; }

        public bool IsBehind { get; private set; }

        public readonly bool HasMove => _seen > 0;

        public readonly long Limit => _isAllowed ? _value : long.MaxValue;

        public void Consider(in Move move, ReadOnlySpan<int> passes, bool isBehind)
        {
            _seen++;
            if (_isAllowed && move.Value > _value) return;
            var isAllowed = move.Value < best || !IsForbidden(move, passes, isBehind);
            if (!isAllowed)
            {
                if (!_isAllowed && random.Next(_seen) == 0) Take(move, passes, isBehind);
                return;
            }
            if (!_isAllowed || move.Value < _value) _equal = 0;
            if (random.Next(++_equal) == 0) Take(move, passes, isBehind);
            (_isAllowed, _value) = (true, move.Value);
        }

        void Take(in Move move, ReadOnlySpan<int> passes, bool isBehind)
        {
            (Move, PassedCount, IsBehind) = (move, passes.Length, isBehind);
            passes.CopyTo(passed);
        }

        readonly bool IsForbidden(in Move move, ReadOnlySpan<int> passes, bool isBehind)
        {
            if (passes.Length == 0) return tabu.IsForbidden(move.Operation, passed.Length + move.Alternative,
                iteration);
            foreach (var x in passes)
            {
                var (first, second) = isBehind ? (x, move.Operation) : (move.Operation, x);
                if (tabu.IsForbidden(first, second, iteration)) return true;
            }
            return false;
        }
    }
}
