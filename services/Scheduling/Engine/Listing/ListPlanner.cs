using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Listing;

/// <summary>The first plan: list scheduling with every rule, the best result by the objective.</summary>
public static class ListPlanner
{
    /// <summary>Makes a plan. Deterministic: the same model gives the same plan.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="cancel">Ends the attempt between two rules; once there is a plan, it is returned.</param>
    /// <exception cref="ModelRefusedException">No rule found a plan that keeps the locks, the maximum lags and the
    /// calendars; names the operation at which the last attempt ended.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first plan.</exception>
    public static Plan Plan(CompiledModel model, CancellationToken cancel = default)
    {
        var (solution, rule) = Solve(model, Enum.GetValues<DispatchRule>(), cancel);
        return PlanAssembly.Assemble(model, solution, LowerBound.Compute(model), $"list scheduling, {rule}");
    }

    /// <summary>The plan of one rule, to compare rules.</summary>
    /// <exception cref="ModelRefusedException">As for all rules.</exception>
    public static Plan Plan(CompiledModel model, DispatchRule rule, CancellationToken cancel = default)
    {
        var (solution, _) = Solve(model, [rule], cancel);
        return PlanAssembly.Assemble(model, solution, LowerBound.Compute(model), $"list scheduling, {rule}");
    }

    /// <param name="model">The compiled model.</param>
    /// <param name="rules">The rules, tried in this order.</param>
    /// <param name="cancel">Ends the attempt between two rules.</param>
    /// <param name="isEnough">Told of every better plan; true if no other rule need be tried.</param>
    internal static (Solution Solution, DispatchRule Rule) Solve(CompiledModel model, DispatchRule[] rules,
        CancellationToken cancel, Func<Solution, bool>? isEnough = null)
    {
        var search = new Best(model, isEnough, cancel);
        foreach (var rule in rules) search.Try(rule, locksFirst: false);
        if (search.Solution is null)
            foreach (var rule in rules) search.Try(rule, locksFirst: true);
        return search.Solution is { } solution ? (solution, search.Rule) : throw Refused(model, search.DeadEnd);
    }

    internal static ModelRefusedException Refused(CompiledModel model, DeadEnd deadEnd) => new([new ModelRefusal(
        RefusalCode.NoPlanFound,
        new Dictionary<string, object>
        {
            ["operation"] = model.Operations[deadEnd.Operation].Id,
            ["blockedBy"] = deadEnd.Because < 0 ? "open time" : model.Operations[deadEnd.Because].Id,
        },
        "Move or remove the lock, allow a longer wait, or extend the calendars.")]);

    /// <summary>The best of several attempts.</summary>
    sealed class Best(CompiledModel model, Func<Solution, bool>? isEnough, CancellationToken cancel)
    {
        readonly Priorities _priorities = new(model);
        ObjectiveValue _value;
        bool _isEnough;

        public Solution? Solution { get; private set; }

        public DispatchRule Rule { get; private set; }

        public DeadEnd DeadEnd { get; private set; }

        public void Try(DispatchRule rule, bool locksFirst)
        {
            if (_isEnough || (cancel.IsCancellationRequested && Solution is not null)) return;
            cancel.ThrowIfCancellationRequested();
            var table = new ListScheduler(model, rule, _priorities).Run(locksFirst, out var deadEnd);
            if (table is null) { DeadEnd = deadEnd; return; }
            var solution = table.ToSolution();
            var value = model.Source.Objective.Of(solution.Measure(model));
            if (Solution is not null && value >= _value) return;
            (Solution, Rule, _value) = (solution, rule, value);
            _isEnough = isEnough?.Invoke(solution) ?? false;
        }
    }
}
