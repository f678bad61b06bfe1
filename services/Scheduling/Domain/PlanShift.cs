using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Repair;

namespace Mes.Scheduling.Domain;

/// <summary>The first answer to changed facts: the same equipment and sequence, each operation as little later as they
/// allow.</summary>
public static class PlanShift
{
    /// <summary>Brings a plan up to the facts. What it lacks joins it: rush orders before what is planned, others where
    /// there is room.</summary>
    /// <exception cref="ModelRefusedException">Not even less can be planned; says why.</exception>
    public static PlantPlan Shift(PlanningFacts facts, IReadOnlyList<PlanRow> rows, DateTimeOffset origin)
    {
        var told = PlanLocks.At(facts.WithoutTakenOut(origin).WithNamesOfTheirOwn(origin), rows, origin);
        try
        {
            return Place(told, rows, origin);
        }
        catch (ModelRefusedException)
        {
            var unlocked = told.GivingWay(_ => true);
            if (unlocked == told) throw;
            return WithTheLocksThatAreKept(told, Place(unlocked, rows, origin), rows);
        }
    }

    /// <summary>The facts with only the operations that other facts have.</summary>
    static PlanningFacts Only(this PlanningFacts facts, PlanningFacts others)
    {
        var kept = others.Demand.SelectMany(order => order.Operations).Select(o => o.OperationId).ToHashSet();
        return facts with
        {
            Demand = [.. facts.Demand.Select(order => order with
            {
                Operations = [.. order.Operations.Where(o => kept.Contains(o.OperationId))]
            })],
            Unplanned = others.Unplanned
        };
    }

    /// <summary>The locks together leave no way: those that a plan without them keeps hold, if they can.</summary>
    static PlantPlan WithTheLocksThatAreKept(PlanningFacts told, PlantPlan unlocked, IReadOnlyList<PlanRow> rows)
    {
        var free = unlocked.Rows().ToDictionary(row => row.OperationId);
        try
        {
            return Place(told.Only(unlocked.Facts).GivingWay(IsMoved), rows, unlocked.Origin);
        }
        catch (ModelRefusedException)
        {
            return unlocked;
        }

        bool IsMoved(DemandOperation operation) => !free.TryGetValue(operation.OperationId, out var row)
            || row.Equipment != operation.Lock!.Equipment || row.StartsAt != operation.Lock.StartsAt;
    }

    /// <summary>Locks that are impossible on their face give way, one after the other; what cannot be planned even then is
    /// left out, so that it stops nothing else.</summary>
    static PlantPlan Place(PlanningFacts told, IReadOnlyList<PlanRow> rows, DateTimeOffset origin)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (model, compiled) = Compile(ref told, origin);
            try
            {
                var placements = Placements(rows, new ModelClock(origin));
                AddRush(told, model, placements);
                return new PlantPlan(model, PlanRepair.Shift(compiled, placements).Plan, origin, told);
            }
            catch (ModelRefusedException refused)
            {
                var isLocked = told.GivingWay(_ => true) != told;
                var without = isLocked ? told : told.LeavingOut(refused.Refusals, model, origin, attempt);
                if (without == told) throw;
                told = without;
            }
        }
    }

    /// <summary>The model of the facts, and what they are without what stands in its way.</summary>
    static (SchedulingModel Model, CompiledModel Compiled) Compile(ref PlanningFacts told, DateTimeOffset origin)
    {
        for (; ; )
        {
            var model = PlanningModel.Build(told, origin, PlanningPurpose.Shift);
            if (model.TryCompile(out var refusals) is { } compiled) return (model, compiled);
            var without = told.Without(refusals);
            if (without == told) without = told.LeavingOut(refusals, model, origin, attempt: 0);
            if (without == told) throw new ModelRefusedException(refusals);
            told = without;
        }
    }

    /// <summary>Where a plan has its operations, in the engine's terms.</summary>
    public static Dictionary<string, Placement> Placements(IReadOnlyList<PlanRow> rows, ModelClock clock) => rows.ToDictionary(
        row => PlanningModel.IdOf(row.OperationId), row => new Placement(row.Equipment, clock.Seconds(row.StartsAt)));

    /// <summary>What a rush order needs is wanted at once, on the equipment that has least planned: the others make
    /// room.</summary>
    static void AddRush(PlanningFacts facts, SchedulingModel model, Dictionary<string, Placement> placements)
    {
        var rush = facts.Demand.Where(order => order.Priority >= DemandOrder.RushPriority)
            .Select(order => PlanningModel.IdOf(order.OrderId)).ToHashSet();
        // before all that waits, but behind the frozen zone
        var first = facts.Settings.FrozenMinutes > 0 ? facts.Settings.FrozenMinutes * 60 : -ModelTime.MaxSeconds / 2;
        var load = placements.Values.CountBy(placement => placement.EquipmentId).ToDictionary();
        foreach (var operation in model.Jobs.Where(job => rush.Contains(job.Id)).SelectMany(job => job.Operations)
            .Where(operation => operation.Running is null && !placements.ContainsKey(operation.Id)))
        {
            var best = operation.Alternatives.MinBy(alternative => load.GetValueOrDefault(alternative.EquipmentId))!;
            placements[operation.Id] = new Placement(best.EquipmentId, first);
        }
    }
}

/// <summary>A plan of the engine and the model it was made for.</summary>
/// <param name="Model">The model.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Origin">The model's origin, UTC.</param>
/// <param name="Facts">What the model was built from, with the locks as they are at the origin, without what cannot be
/// planned.</param>
public sealed record PlantPlan(SchedulingModel Model, Plan Plan, DateTimeOffset Origin, PlanningFacts Facts)
{
    (Plan? Of, IReadOnlyList<PlanRow> Rows) _rows;

    /// <summary>The plan in the plant's terms.</summary>
    public IReadOnlyList<PlanRow> Rows()
    {
        // made once: who judges, keeps and tells a plan asks for them
        if (!ReferenceEquals(_rows.Of, Plan)) _rows = (Plan, MakeRows());
        return _rows.Rows;
    }

    IReadOnlyList<PlanRow> MakeRows()
    {
        var clock = new ModelClock(Origin);
        var demand = Facts.Demand.SelectMany(order => order.Operations)
            .ToDictionary(operation => PlanningModel.IdOf(operation.OperationId));
        return [.. Plan.Operations.Select(planned => Row(planned, demand[planned.OperationId], clock))];
    }

    static PlanRow Row(PlannedOperation planned, DemandOperation operation, ModelClock clock) => new(
        operation.OperationId, Guid.Parse(planned.JobId), planned.EquipmentId,
        operation.Lock?.SetUpSince ?? clock.At(planned.SetupStartSeconds), clock.At(planned.StartSeconds),
        clock.At(planned.EndSeconds), Reason(planned.Waits.Reason, operation), planned.Waits.On);

    static string Reason(WaitReason reason, DemandOperation operation) => reason switch
    {
        WaitReason.Material when operation.IsHeld => "QualityHold",
        WaitReason.Running when operation.Running is { IsTaken: true } => nameof(WaitReason.Lock),
        _ => reason.ToString()
    };
}
