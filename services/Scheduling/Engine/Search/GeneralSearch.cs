using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// Improvement for models with any restriction and any objective: ruin and recreate on one timetable. A few operations
/// that lie close are taken out and put back in another order, while the rest stands; a trial costs what it changes,
/// not what there is. Now and then everything is shifted left into the gaps that came about. Accepted by late
/// acceptance (Burke and Bykov 2017), which needs only comparison, so that lexicographic objectives fit;
/// neighbourhoods and orders that succeed are tried more often.
/// </summary>
sealed class GeneralSearch
{
    const int HistoryLength = 60;
    const int StopInterval = 16;
    const int OfferInterval = 512;
    const int ShiftInterval = 1_000;
    const int FreedMax = 80;
    const int IdleMax = 20_000;
    readonly Timetable _table;
    readonly GroupPlacer _groups;
    readonly Score _score;
    readonly FreedGroups _freed;
    readonly Ruin _ruin;
    readonly Recreate _recreate;
    readonly LeftShift _leftShift;
    readonly CompiledModel _model;
    readonly Random _random;
    readonly Roulette _neighbourhoods, _orders;
    readonly Solution _offered;
    readonly int[] _changed, _followers;
    readonly long[][] _history;
    readonly long[] _value, _trial, _best;
    int _changedCount, _followerCount;
    bool _isBestNew;

    public GeneralSearch(CompiledModel model, Solution start, int seed)
    {
        (_model, _random, _table) = (model, new Random(seed), new Timetable(model));
        _groups = new GroupPlacer(model, _table);
        (_score, _freed) = (new Score(model, _table), new FreedGroups(model, _groups));
        _ruin = new Ruin(model, _table, _score, _freed, _random);
        _recreate = new Recreate(model, _table, _groups, _score, _freed, _random);
        _leftShift = new LeftShift(model, _table);
        (_changed, _followers) = (new int[model.OperationCount], new int[model.OperationCount]);
        _neighbourhoods = new Roulette(_random, [.. Enum.GetValues<Neighbourhood>().Select(_ruin.Applies)]);
        _orders = new Roulette(_random, [.. Enum.GetValues<InsertionOrder>().Select(_ => true)]);
        var levels = _score.LevelCount;
        (_value, _trial, _best) = (new long[levels], new long[levels], new long[levels]);
        _history = [.. Enumerable.Range(0, HistoryLength).Select(_ => new long[levels])];
        _offered = Solution.OfLength(model.OperationCount);
        Load(start);
        _value.CopyTo(_best, 0);
    }

    /// <summary>Searches until it is time to stop.</summary>
    /// <param name="stop">When to end.</param>
    /// <param name="bound">The value that cannot be beaten.</param>
    /// <param name="onBetter">Called with plans that are better than the one before.</param>
    /// <param name="best">The best plan of all workers.</param>
    public void Run(SearchStop stop, ObjectiveValue bound, Action<Solution> onBetter, Func<Solution> best)
    {
        for (int i = 1, idle = 0; Compare(_best, bound.Levels.AsSpan()) > 0; i++, idle++)
        {
            if (i % StopInterval == 0)
            {
                stop.Count(StopInterval);
                if (stop.IsDue) break;
            }
            if (i % ShiftInterval == 0) ShiftLeft();
            if (i % OfferInterval == 0) Offer(onBetter);
            if (Try(_history[i % HistoryLength], onBetter)) idle = 0;
            if (idle < IdleMax) continue;
            Offer(onBetter);
            Load(best());
            idle = 0;
        }
        Offer(onBetter);
    }

    /// <summary>One trial. True if it found a new best plan.</summary>
    bool Try(long[] past, Action<Solution> onBetter)
    {
        var (neighbourhood, order) = (_neighbourhoods.Draw(), _orders.Draw());
        _ruin.Choose((Neighbourhood)neighbourhood);
        if (_random.Next(3) > 0) _freed.AddSuccessors(FreedMax);
        _recreate.Shuffle();
        _recreate.Prepare((InsertionOrder)order);
        _table.Record();
        TakeOut();
        var isBest = false;
        if (_recreate.TryPlace() && AreFollowersSetUp())
        {
            _score.Update(_changed.AsSpan(0, _changedCount));
            _score.Write(_trial);
            isBest = Accept(past, neighbourhood, order, onBetter);
        }
        else _table.UndoTo(0);
        if (Compare(_value, past) < 0) _value.CopyTo(past, 0);
        return isBest;
    }

    bool Accept(long[] past, int neighbourhood, int order, Action<Solution> onBetter)
    {
        var isBetter = Compare(_trial, _value) < 0;
        var isBest = Compare(_trial, _best) < 0;
        // The best plan is copied out only when it is about to be left: the move away from it waits for that.
        var leavesBest = _isBestNew && !isBest && Compare(_trial, _best) != 0;
        if (leavesBest || !(isBetter || Compare(_trial, _value) == 0 || Compare(_trial, past) <= 0))
        {
            _table.UndoTo(0);
            _score.Update(_changed.AsSpan(0, _changedCount));
            if (leavesBest) Offer(onBetter);
            return false;
        }
        if (isBetter) _neighbourhoods.Reward(neighbourhood);
        if (isBetter) _orders.Reward(order);
        _trial.CopyTo(_value, 0);
        if (!isBest) return false;
        _trial.CopyTo(_best, 0);
        return _isBestNew = true;
    }

    void TakeOut()
    {
        (_changedCount, _followerCount) = (0, 0);
        foreach (var group in _freed.Items)
        {
            foreach (var operation in _model.Members(group))
            {
                if (_model.IsFixed(operation)) continue;
                var next = _table.Next(_table.EquipmentOf(operation), operation);
                if (next >= 0) _followers[_followerCount++] = next;
                _table.Remove(operation);
                _changed[_changedCount++] = operation;
            }
        }
    }

    bool AreFollowersSetUp()
    {
        foreach (var operation in _followers.AsSpan(0, _followerCount)) if (!_table.IsSetUp(operation)) return false;
        return true;
    }

    /// <summary>Closes gaps; kept unless it makes the plan worse.</summary>
    void ShiftLeft()
    {
        _table.Record();
        var changed = _leftShift.Run();
        _score.Update(changed);
        _score.Write(_trial);
        if (Compare(_trial, _value) <= 0 && !(_isBestNew && Compare(_trial, _best) > 0))
        {
            _trial.CopyTo(_value, 0);
            if (Compare(_trial, _best) >= 0) return;
            _trial.CopyTo(_best, 0);
            _isBestNew = true;
            return;
        }
        _table.UndoTo(0);
        _score.Update(changed);
    }

    void Offer(Action<Solution> onBetter)
    {
        if (!_isBestNew) return;
        _table.CopyTo(_offered);
        onBetter(_offered);
        _isBestNew = false;
    }

    void Load(Solution solution)
    {
        _table.Load(solution);
        _score.Reset();
        _score.Write(_value);
        foreach (var past in _history) _value.CopyTo(past, 0);
        if (Compare(_value, _best) < 0) _value.CopyTo(_best, 0);
    }

    static int Compare(ReadOnlySpan<long> left, ReadOnlySpan<long> right) => left.SequenceCompareTo(right);
}

/// <summary>Draws one of several options, those more often that succeeded lately.</summary>
sealed class Roulette(Random random, bool[] applies)
{
    const double Memory = 0.99;
    const double ShareMin = 0.05;
    readonly double[] _credit = [.. applies.Select(use => use ? 1.0 : 0)];

    public int Draw()
    {
        double total = 0;
        for (var i = 0; i < applies.Length; i++) if (applies[i]) total += Share(i);
        var at = random.NextDouble() * total;
        var last = 0;
        for (var i = 0; i < applies.Length; i++)
        {
            if (!applies[i]) continue;
            last = i;
            if ((at -= Share(i)) < 0) break;
        }
        return last;
    }

    public void Reward(int option)
    {
        for (var i = 0; i < _credit.Length; i++) _credit[i] *= Memory;
        _credit[option] += 1 - Memory;
    }

    double Share(int option) => ShareMin + _credit[option];
}
