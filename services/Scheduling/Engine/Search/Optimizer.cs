using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Repair;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// Any-time optimization: the first plan by list scheduling, then search. Shops that a disjunctive graph describes
/// completely get tabu search with path relinking; all others the general search. Cancelling keeps the best plan.
/// </summary>
public sealed class Optimizer
{
    const int PopulationSize = 30;
    const int OperationsOfLargeShop = 3_000;
    const int LargePopulationSize = 6;
    const int LargeFlexiblePopulationSize = 12;
    const double ShareOfFirstLevel = 0.7;
    const double ShareOfBound = 0.05;
    const int BoundRoundsMax = 400;
    readonly CompiledModel _model;
    readonly SearchOptions _options;
    readonly SearchStop _stop;
    readonly Action<SearchProgress>? _progress;
    readonly Lock _lock = new();
    PlanMeasures _bound;
    ObjectiveValue _goal;
    Solution _best;
    ObjectiveValue _value;
    string _method;
    bool _isProved;

    Optimizer(CompiledModel model, SearchOptions options, Action<SearchProgress>? progress, CancellationToken cancel,
        (Solution Solution, string Method)? first = null)
    {
        (_model, _options, _progress) = (model, options, progress);
        _bound = LowerBound.Compute(model);
        _goal = Goal();
        _stop = new SearchStop(options, _goal.Levels[0], cancel);
        (_best, _method) = first ?? FirstPlan(cancel);
        if (first is not null) IsEnough(_best);
    }

    ObjectiveValue Goal()
    {
        var goal = _model.Source.Objective.Of(_bound);
        return _options.StopAt > goal.Levels[0] ? new ObjectiveValue([_options.StopAt]) : goal;
    }

    (Solution Solution, string Method) FirstPlan(CancellationToken cancel)
    {
        try
        {
            var (solution, rule) = ListPlanner.Solve(_model, Enum.GetValues<DispatchRule>(), cancel, IsEnough);
            return (solution, $"list scheduling, {rule}");
        }
        catch (ModelRefusedException) when (_model.Source.Baseline.Count > 0)
        {
            // where no rule finds a way between the locks, the earlier plan may know one
            var first = PlanRepair.First(_model, _model.Source.Baseline, cancel);
            IsEnough(first.Solution);
            return first;
        }
    }

    /// <summary>Reports a first plan; true if there is no time for another one, or nothing to gain.</summary>
    bool IsEnough(Solution first)
    {
        (_best, _value) = (first, _model.Source.Objective.Of(first.Measure(_model)));
        _method ??= "list scheduling";
        Report();
        return _stop.IsDue || _value <= _goal;
    }

    /// <summary>Plans and improves until the time is over or the plan is proved optimal.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="options">Time limit, workers, seed.</param>
    /// <param name="progress">Called with every better value, from any worker, one call at a time.</param>
    /// <param name="cancel">Ends the search; the best plan so far is returned.</param>
    /// <exception cref="ModelRefusedException">No first plan was found.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first plan.</exception>
    public static Plan Solve(CompiledModel model, SearchOptions options, Action<SearchProgress>? progress = null,
        CancellationToken cancel = default)
    {
        return new Optimizer(model, options, progress, cancel).Run(inAnyWay: true);
    }

    /// <summary>An earlier plan made to fit the facts, then improved for as long as the options allow: never worse than
    /// <see cref="PlanRepair.Shift"/> by the model's objective. For few changes the objective has to look at stability:
    /// see <see cref="SchedulingModel.WithBaseline"/>.</summary>
    /// <param name="model">The facts as they are now, compiled.</param>
    /// <param name="before">The earlier plan.</param>
    /// <param name="options">Time limit, workers, seed.</param>
    /// <param name="progress">Called with the shifted plan's value and with every better one.</param>
    /// <param name="cancel">Ends the search; the best plan so far is returned.</param>
    /// <exception cref="ModelRefusedException">There is no plan; says why.</exception>
    public static RepairedPlan Improve(CompiledModel model, IReadOnlyDictionary<string, Placement> before,
        SearchOptions options, Action<SearchProgress>? progress = null, CancellationToken cancel = default)
    {
        var first = PlanRepair.First(model, before, cancel);
        var plan = new Optimizer(model, options, progress, cancel, first).Run(inAnyWay: false);
        return RepairedPlan.Compare(plan, before);
    }

    /// <param name="inAnyWay">True if the first plan means nothing; false to go on from it.</param>
    Plan Run(bool inAnyWay)
    {
        if (!_stop.IsDue && _value > _goal) Search(inAnyWay);
        var plan = PlanAssembly.Assemble(_model, _best, _bound, _method);
        return _isProved ? plan.Proved(_model.Source.Objective) : plan;
    }

    /// <summary>
    /// Small models are proved, and end. The tabu search looks at the first level only: what time is left when that has reached
    /// its bound, or a share of the time, is for the levels below.
    /// </summary>
    void Search(bool inAnyWay)
    {
        if (Prove() || RaiseBound()) return;
        var shop = inAnyWay ? DisjunctiveShop.TryCreate(_model) : null;
        var hasLowerLevels = _goal.Levels.Length > 1;
        if (shop is not null) Run(ShopWorkers(shop, hasLowerLevels ? _stop.After(ShareOfFirstLevel) : _stop));
        if ((shop is null || hasLowerLevels) && !_stop.IsDue && _value > _goal) Run(GeneralWorkers());
    }

    bool Prove()
    {
        _isProved = ExactSearch.TryProve(_model, _value, _stop, out var better);
        if (better is not null) Offer(better, "exact search");
        return _isProved || _stop.IsDue || _value <= _goal;
    }

    /// <summary>A better bound of tardiness, for a small share of the time. True if the plan meets it.</summary>
    bool RaiseBound()
    {
        var (objective, known) = (_model.Source.Objective, _best.Measure(_model));
        if (!objective.Uses(Criterion.WeightedTardiness) || !TardinessBound.Fits(_model)
            || known.WeightedTardiness <= _bound.WeightedTardiness) return false;
        var stop = _stop.After(ShareOfBound);
        var bound = new TardinessBound(_model, (int)known.Makespan)
            .Compute(known.WeightedTardiness, BoundRoundsMax, () => stop.IsDue);
        if (bound <= _bound.WeightedTardiness) return false;
        _bound = _bound with { WeightedTardiness = bound };
        _goal = Goal();
        _stop.Target = _goal.Levels[0];
        return _value <= _goal;
    }

    static void Run(Action[] workers)
    {
        var others = workers.Skip(1).Select(run => Task.Factory.StartNew(run, CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        workers[0]();
        Task.WaitAll(others);
    }

    Action[] ShopWorkers(DisjunctiveShop shop, SearchStop stop)
    {
        var size = shop.Count > OperationsOfLargeShop ? LargePopulationSize
            : shop.IsLargeFlexible ? LargeFlexiblePopulationSize : PopulationSize;
        var population = new Population(shop, size, state =>
        {
            if (state.Value <= stop.Target) stop.End();
            Offer(state.ToSolution(), "tabu search");
        });
        return [.. Seeds().Select(seed => (Action)new PathRelinking(shop, population, stop, seed).Run)];
    }

    Action[] GeneralWorkers() => [.. Seeds().Select(seed => (Action)(() =>
        new GeneralSearch(_model, Best(), seed).Run(_stop, _goal,
            solution => Offer(solution, "ruin and recreate"), Best)))];

    Solution Best()
    {
        lock (_lock) return _best;
    }

    IEnumerable<int> Seeds() => Enumerable.Range(0, Math.Max(1, _options.Workers))
        .Select(worker => unchecked(_options.Seed * 7919 + worker));

    void Offer(Solution solution, string method)
    {
        var value = _model.Source.Objective.Of(solution.Measure(_model));
        lock (_lock)
        {
            if (value >= _value) return;
            (_best, _value, _method) = (solution.Copy(), value, method);
            if (_value <= _goal) _stop.End();
            Report();
        }
    }

    void Report()
    {
        var (best, method) = (_best, _method);
        _progress?.Invoke(new SearchProgress(_stop.Elapsed, _value, _model.Source.Objective.Of(_bound),
            _stop.Iterations, () => PlanAssembly.Assemble(_model, best, _bound, method)));
    }
}
