using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Repair;

/// <summary>
/// Makes an earlier plan fit new facts: a breakdown, late material, work that takes longer, a rush order, a move by
/// hand. The model holds the facts as they are now, what has ended left out, what runs marked so. A frozen zone would
/// hold what must move: where it does, it is refused. Only placements are read of the earlier plan, so a model's
/// <see cref="SchedulingModel.Baseline"/> or a plan's <see cref="Plan.Placements"/> will do; operations that the
/// model does not have are passed over, those that were not planned are inserted.
/// </summary>
public static class PlanRepair
{
    /// <summary>The plan at once: same equipment, same sequence, each operation as little later as the facts allow. If
    /// that is not possible (a lock stands in the way), in the order of the old starts, else anew.</summary>
    /// <exception cref="ModelRefusedException">There is no plan; says why.</exception>
    public static RepairedPlan Shift(CompiledModel model, IReadOnlyDictionary<string, Placement> before)
    {
        var (solution, method) = First(model, before, CancellationToken.None);
        return Assemble(model, solution, method, before);
    }

    /// <summary>Operations put elsewhere by hand and locked there; all others follow.</summary>
    /// <param name="model">The facts as they are now.</param>
    /// <param name="before">The plan so far.</param>
    /// <param name="to">By operation one of its equipment, and a start in open time.</param>
    /// <exception cref="ModelRefusedException">They cannot start there; says why.</exception>
    /// <exception cref="ArgumentException">The model has not all of these operations.</exception>
    public static RepairedPlan Move(CompiledModel model, IReadOnlyDictionary<string, Placement> before,
        IReadOnlyDictionary<string, Placement> to)
    {
        var moved = WithLocks(model.Source, to).Compile();
        var repaired = TryInPlace(moved, before, out var refused) ?? throw refused!;
        return Assemble(moved, repaired.Solution, repaired.Method, before);
    }

    /// <summary>The plan with each of the given operations as early as its equipment is free for it: no other one
    /// moves, none ends later, and no setup is added.</summary>
    /// <param name="model">The model of the plan.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="mayMove">Which operations; those bound to others by maximum lags move with them.</param>
    /// <param name="notBeforeSeconds">The earliest instant that an operation may move to.</param>
    public static Plan Compact(CompiledModel model, Plan plan, Func<PlannedOperation, bool> mayMove,
        int notBeforeSeconds = 0)
    {
        var table = new Timetable(model);
        table.Load(Solution.From(model, plan.Operations));
        var isMovable = new bool[model.OperationCount];
        for (var i = 0; i < isMovable.Length; i++) isMovable[i] = mayMove(plan.Operations[i]);
        return new Compaction(model, table, isMovable, notBeforeSeconds).Run()
            ? PlanAssembly.Assemble(model, table.ToSolution(), plan.BoundMeasures, plan.Method)
            : plan;
    }

    static SchedulingModel WithLocks(SchedulingModel model, IReadOnlyDictionary<string, Placement> to)
    {
        if (model.Jobs.Sum(job => job.Operations.Count(IsMoved)) < to.Count)
            throw new ArgumentException($"The model has not all of {string.Join(", ", to.Keys)}.", nameof(to));
        return model with
        {
            Jobs = [.. model.Jobs.Select(job => !job.Operations.Any(IsMoved) ? job : job with
            {
                Operations = [.. job.Operations.Select(item => IsMoved(item) ? item with { Lock = to[item.Id] } : item)],
            })],
        };

        bool IsMoved(Operation operation) => to.ContainsKey(operation.Id);
    }

    static RepairedPlan Assemble(CompiledModel model, Solution solution, string method,
        IReadOnlyDictionary<string, Placement> before) => RepairedPlan.Compare(
            PlanAssembly.Assemble(model, solution, LowerBound.Compute(model), method), before);

    internal static (Solution Solution, string Method) First(
        CompiledModel model, IReadOnlyDictionary<string, Placement> before, CancellationToken cancel)
    {
        if (TryInPlace(model, before, out _) is { } repaired) return repaired;
        var (solution, rule) = ListPlanner.Solve(model, Enum.GetValues<DispatchRule>(), cancel);
        return (solution, $"list scheduling, {rule}");
    }

    static (Solution Solution, string Method)? TryInPlace(CompiledModel model,
        IReadOnlyDictionary<string, Placement> before, out ModelRefusedException? refused)
    {
        refused = null;
        try
        {
            return (RightShift.Shift(model, before), "right shift");
        }
        catch (ModelRefusedException problem)
        {
            refused = problem;
        }
        return new OldOrder(model, before).TryPlace() is { } solution ? (solution, "old order") : null;
    }
}

/// <summary>
/// The second answer, where shifting breaks a lock or a wait: operations in the order of their old starts into the
/// first gaps; if that does not do, what locked operations wait for before everything else; at last on any equipment.
/// </summary>
sealed class OldOrder
{
    const double BeforeEverything = -2.0 * ModelTime.MaxSeconds;
    readonly CompiledModel _model;
    readonly SerialDecoder _decoder;
    readonly int[] _latest;
    readonly double[] _start;
    readonly int[] _alternative;

    public OldOrder(CompiledModel model, IReadOnlyDictionary<string, Placement> before)
    {
        (_model, _decoder) = (model, new SerialDecoder(model));
        _latest = _decoder.LatestStarts();
        _start = new double[model.OperationCount];
        _alternative = new int[model.OperationCount];
        for (var i = 0; i < _start.Length; i++)
        {
            var placement = before.GetValueOrDefault(model.Operations[i].Id);
            _start[i] = placement?.StartSeconds ?? ModelTime.MaxSeconds;
            _alternative[i] = placement is null ? -1 : model.AlternativeOn(i, placement.EquipmentId);
        }
    }

    public Solution? TryPlace()
    {
        var anywhere = Enumerable.Repeat(-1, _alternative.Length).ToArray();
        return _decoder.Decode(Keys(0), _alternative) ?? _decoder.Decode(Keys(BeforeEverything), _alternative)
            ?? _decoder.Decode(Keys(BeforeEverything), anywhere);
    }

    /// <summary>Old starts, or for what locks wait for the latest start that they allow, if that is earlier.</summary>
    double[] Keys(double offset)
    {
        var key = (double[])_start.Clone();
        for (var i = 0; i < key.Length; i++)
            if (_latest[_model.GroupOf[i]] is var latest and not ModelTime.Never)
                key[i] = Math.Min(key[i], latest + offset);
        return key;
    }
}
