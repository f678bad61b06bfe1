namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// Forward–backward improvement (Li and Willis 1992; Tormos and Lova 2001): a list schedule is made anew from its end,
/// what ended last goes first, then again from its start, and so on. Each pass gives the next one the true remainders
/// of every operation, machines included, where a rule knows only the job's. Plans with many jobs per machine come
/// within a few passes to the machine bound.
/// </summary>
sealed class ForwardBackward
{
    const int IdleMax = 20;
    const double PatienceMax = 0.3;
    const double NoiseMax = 10; // of the first keys, in mean durations
    readonly DisjunctiveShop _shop;
    readonly Random _random;
    readonly ListPass[] _pass;
    readonly double[] _key;
    readonly int[] _order;
    readonly double _meanDuration;

    ForwardBackward(DisjunctiveShop shop, Random random)
    {
        (_shop, _random) = (shop, random);
        _pass = [.. new[] { false, true }.Select(isBackward => new ListPass(new DirectedShop(shop, isBackward)))];
        (_key, _order) = (new double[shop.Count], new int[shop.Count]);
        _meanDuration = shop.Model.AlternativeDuration.Average();
    }

    /// <summary>Null for shops with alternatives or setups, and for other objectives than the makespan.</summary>
    public static ForwardBackward? TryCreate(DisjunctiveShop shop, Random random) =>
        DirectedShop.Fits(shop) ? new ForwardBackward(shop, random) : null;

    /// <summary>A linear order of all operations; valid until the next call.</summary>
    /// <param name="number">0: from the rule "most work remaining", without chance; the others begin and go on with
    /// some.</param>
    /// <param name="stop">Asked between two passes.</param>
    public ReadOnlySpan<int> Create(int number, SearchStop stop)
    {
        var direction = number % 2;
        FirstKeys(direction, number == 0 ? 0 : NoiseMax * _meanDuration);
        var best = int.MaxValue;
        for (var idle = 0; idle < IdleMax && best > stop.Target; direction ^= 1)
        {
            if (best < int.MaxValue && stop.IsDue) break;
            var patience = number == 0 ? 0 : PatienceMax * _random.NextDouble();
            var makespan = _pass[direction].Run(_key, patience);
            stop.Count(1);
            idle = makespan < best ? 0 : idle + 1;
            if (idle == 0) { best = makespan; Keep(direction); }
            for (var x = 0; x < _key.Length; x++) _key[x] = -_pass[direction].End(x);
        }
        return _order;
    }

    /// <summary>Minus the longest way from the operation's start to the end of its job.</summary>
    void FirstKeys(int direction, double noise)
    {
        var bounds = _shop.Model.Bounds;
        for (var x = 0; x < _key.Length; x++)
        {
            _key[x] = direction == 0 ? -bounds.Span[x] - bounds.Tail[x] : -bounds.End[x];
            _key[x] += noise * _random.NextDouble();
        }
    }

    void Keep(int direction)
    {
        _pass[direction].Order.CopyTo(_order, 0);
        if (direction == 1) Array.Reverse(_order);
    }
}
