namespace Mes.Scheduling.Engine;

/// <summary>
/// Improvement for models with any restriction and any objective: the current plan's starts are the keys of the
/// serial decoder; a neighbour pulls a late job forward, pushes another back, shakes a time window, changes an
/// alternative or brings a setup family together, and is decoded anew. Accepted by late acceptance (Burke and Bykov
/// 2017), which needs only comparison, so that lexicographic objectives fit.
/// </summary>
sealed class GeneralSearch
{
    const int HistoryLength = 40;
    const double WindowShareMax = 0.1;
    const int PartnersMax = 50;
    readonly CompiledModel _model;
    readonly Random _random;
    readonly SerialDecoder _decoder;
    readonly double[] _key;
    readonly int[] _alternative;
    readonly int[][] _operationsOfJob;
    readonly int[] _choosable;
    readonly ObjectiveValue[] _history = new ObjectiveValue[HistoryLength];
    Solution _current;

    public GeneralSearch(CompiledModel model, Solution start, int seed)
    {
        (_model, _random, _current) = (model, new Random(seed), start.Copy());
        _decoder = new SerialDecoder(model);
        (_key, _alternative) = (new double[model.OperationCount], new int[model.OperationCount]);
        _operationsOfJob = [.. Enumerable.Range(0, model.OperationCount).GroupBy(i => model.JobOf[i])
            .OrderBy(job => job.Key).Select(job => job.ToArray())];
        _choosable = [.. Enumerable.Range(0, model.OperationCount)
            .Where(i => model.AlternativeOffset[i + 1] - model.AlternativeOffset[i] > 1)];
    }

    /// <summary>Searches until it is time to stop.</summary>
    /// <param name="stop">When to end.</param>
    /// <param name="onBetter">Called with every plan that is better than the one before.</param>
    public void Run(SearchStop stop, Action<Solution> onBetter)
    {
        var value = Value(_current);
        Array.Fill(_history, value);
        for (var i = 0; !stop.IsDue && value.Levels[0] > stop.Target; i++)
        {
            stop.Count(1);
            Perturb();
            var solution = _decoder.Decode(_key, _alternative);
            ref var past = ref _history[i % HistoryLength];
            if (solution is not null && Value(solution) is var next && (next <= value || next <= past))
            {
                if (next < value) onBetter(solution);
                (_current, value) = (solution.Copy(), next);
            }
            if (value < past) past = value;
        }
    }

    ObjectiveValue Value(Solution solution) => _model.Source.Objective.Of(solution.Measure(_model));

    void Perturb()
    {
        for (var x = 0; x < _key.Length; x++)
            (_key[x], _alternative[x]) = (_current.Start[x], _current.Alternative[x]);
        var horizon = Math.Max(1, _current.End.Max());
        var step = _random.NextDouble() * horizon * WindowShareMax;
        switch (_random.Next(5))
        {
            case 0: ShiftJob(PickLateJob(), -step); break;
            case 1: ShiftJob(_random.Next(_operationsOfJob.Length), step); break;
            case 2: ShakeWindow(_random.NextDouble() * horizon, step); break;
            case 3: ChangeAlternative(step); break;
            default: JoinFamily(step); break;
        }
    }

    /// <summary>The worst of a few random jobs: by tardiness, then by end.</summary>
    int PickLateJob()
    {
        var (chosen, worst) = (0, (Tardiness: -1L, End: -1));
        for (var i = 0; i < 5; i++)
        {
            var job = _random.Next(_operationsOfJob.Length);
            var end = _operationsOfJob[job].Max(x => _current.End[x]);
            var rank = (_model.JobWeight[job] * Math.Max(0L, (long)end - _model.JobDue[job]), end);
            if (rank.CompareTo(worst) > 0) (chosen, worst) = (job, rank);
        }
        return chosen;
    }

    void ShiftJob(int job, double by)
    {
        foreach (var x in _operationsOfJob[job])
        {
            _key[x] += by;
            _alternative[x] = -1;
        }
    }

    void ShakeWindow(double from, double width)
    {
        for (var x = 0; x < _key.Length; x++)
        {
            if (_key[x] < from || _key[x] > from + width) continue;
            _key[x] += (_random.NextDouble() - 0.5) * width;
            if (_random.Next(4) == 0) _alternative[x] = -1;
        }
    }

    void ChangeAlternative(double step)
    {
        if (_choosable.Length == 0) { ShiftJob(_random.Next(_operationsOfJob.Length), -step); return; }
        var x = _choosable[_random.Next(_choosable.Length)];
        _alternative[x] = _random.Next(_model.AlternativeOffset[x], _model.AlternativeOffset[x + 1]);
    }

    /// <summary>Puts an operation beside another one of the same family on its equipment, or if none is found some
    /// way off.</summary>
    void JoinFamily(double step)
    {
        var x = _random.Next(_key.Length);
        for (var i = 0; i < PartnersMax; i++)
        {
            var y = _random.Next(_key.Length);
            if (!AreAkin(_current.Alternative[x], _current.Alternative[y])) continue;
            _key[x] = _key[y] + _random.NextDouble() - 0.5;
            return;
        }
        _key[x] += (_random.NextDouble() - 0.5) * step;
    }

    bool AreAkin(int first, int second) => first != second && _model.AlternativeFamily[first] >= 0
        && _model.AlternativeEquipment[first] == _model.AlternativeEquipment[second]
        && _model.AlternativeFamily[first] == _model.AlternativeFamily[second];
}
