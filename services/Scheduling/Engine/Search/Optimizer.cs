namespace Mes.Scheduling.Engine;

/// <summary>
/// Any-time optimization: the first plan by list scheduling, then search as far as the model's restrictions are known
/// to it. Cancelling keeps the best plan.
/// </summary>
public static class Optimizer
{
    const int PopulationSize = 30;
    const int OperationsOfLargeShop = 3_000;
    const int LargePopulationSize = 6;

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
        var objective = model.Source.Objective;
        var bound = LowerBound.Compute(model);
        var stop = new SearchStop(options, bound[objective.Levels[0][0].Criterion], cancel);
        var first = ListPlanner.Plan(model, cancel);
        progress?.Invoke(new SearchProgress(stop.Elapsed, first.Value, first.Bound, 0));
        if (first.Value <= first.Bound || DisjunctiveShop.TryCreate(model) is not { } shop) return first;

        var toBeat = first.Measures[objective.Levels[0][0].Criterion];
        var solution = Search(shop, options, stop, toBeat, state =>
            progress?.Invoke(new SearchProgress(stop.Elapsed,
                objective.Of(state.ToSolution().Measure(model)), first.Bound, stop.Iterations)));
        var plan = PlanAssembly.Assemble(model, solution, bound, $"tabu search, {stop.Iterations} moves");
        return plan.Value < first.Value ? plan : first;
    }

    static Solution Search(
        DisjunctiveShop shop, SearchOptions options, SearchStop stop, long toBeat, Action<ShopState> onBetter)
    {
        var size = shop.Count > OperationsOfLargeShop ? LargePopulationSize : PopulationSize;
        var population = new Population(shop, size, state => { if (state.Value < toBeat) onBetter(state); });
        var workers = Enumerable.Range(0, Math.Max(1, options.Workers))
            .Select(worker => new PathRelinking(shop, population, stop, unchecked(options.Seed * 7919 + worker)))
            .ToArray();
        Task.WaitAll(workers.Skip(1).Select(worker => Task.Factory.StartNew(worker.Run,
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).Append(Here(workers[0])));
        var best = new ShopState(shop);
        population.CopyBest(best);
        return best.ToSolution();
    }

    /// <summary>Runs the worker on the calling thread once the others have begun.</summary>
    static Task Here(PathRelinking worker)
    {
        worker.Run();
        return Task.CompletedTask;
    }
}
