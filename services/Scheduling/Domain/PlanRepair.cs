using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Domain;

/// <summary>The first answer to changed facts: the same equipment and sequence, each operation as little later as they allow.</summary>
public static class PlanRepair
{
    /// <summary>Brings a plan up to the facts. What it lacks joins it: rush orders before, others behind what is planned.</summary>
    /// <exception cref="ModelRefusedException">Nothing can be planned; says why.</exception>
    public static RepairedPlan Shift(PlanningFacts facts, IReadOnlyList<PlanRow> rows, DateTimeOffset origin) =>
        Shift(facts, PlanningModel.Build(facts, origin, PlanningPurpose.Shift), rows, origin);

    /// <summary>The same for a model that was built already.</summary>
    /// <exception cref="ModelRefusedException">Nothing can be planned; says why.</exception>
    public static RepairedPlan Shift(
        PlanningFacts facts, SchedulingModel model, IReadOnlyList<PlanRow> rows, DateTimeOffset origin)
    {
        var compiled = model.Compile();
        var planned = Complete(facts, model, rows, new ModelClock(origin));
        return new RepairedPlan(model, Repair(compiled, planned), origin);
    }

    /// <summary>Brings a plan that has every operation up to a model, by shifting alone.</summary>
    /// <exception cref="ModelRefusedException">Shifting does not help; says what is in the way.</exception>
    public static RepairedPlan ShiftOnly(SchedulingModel model, IReadOnlyList<PlanRow> rows, DateTimeOffset origin) =>
        new(model, RightShift.Repair(model.Compile(), Planned(rows, new ModelClock(origin))), origin);

    /// <summary>Where shifting alone does not help, a maximum wait say, the plan is made anew.</summary>
    static Plan Repair(CompiledModel compiled, List<PlannedOperation> planned)
    {
        try
        {
            return RightShift.Repair(compiled, planned);
        }
        catch (ModelRefusedException)
        {
            return ListPlanner.Plan(compiled);
        }
    }

    static List<PlannedOperation> Complete(
        PlanningFacts facts, SchedulingModel model, IReadOnlyList<PlanRow> rows, ModelClock clock)
    {
        var planned = Planned(rows, clock);
        var known = planned.Select(row => row.OperationId).ToHashSet();
        var free = planned.GroupBy(row => row.EquipmentId).ToDictionary(group => group.Key, group => group.Max(row => row.EndSeconds));
        var rush = facts.Demand.Where(order => order.Priority >= DemandOrder.RushPriority)
            .Select(order => PlanningModel.IdOf(order.OrderId)).ToHashSet();
        foreach (var job in model.Jobs)
        {
            foreach (var operation in job.Operations.Where(operation => !known.Contains(operation.Id) && operation.Running is null))
            {
                var (equipment, from) = Place(operation, free);
                free[equipment.EquipmentId] = from + equipment.DurationSeconds;
                var start = rush.Contains(job.Id) ? facts.Settings.FrozenMinutes * 60 : from;
                planned.Add(new PlannedOperation(operation.Id, job.Id, equipment.EquipmentId, start, start, start));
            }
            planned.AddRange(job.Operations.Where(operation => !known.Contains(operation.Id) && operation.Running is not null).Select(
                operation => new PlannedOperation(operation.Id, job.Id, operation.Running!.EquipmentId, 0, 0, 0)));
        }
        return planned;
    }

    static List<PlannedOperation> Planned(IReadOnlyList<PlanRow> rows, ModelClock clock) =>
        [.. rows.Select(row => new PlannedOperation(PlanningModel.IdOf(row.OperationId), PlanningModel.IdOf(row.OrderId),
            row.Equipment, clock.Seconds(row.SetupStartsAt), clock.Seconds(row.StartsAt), clock.Seconds(row.EndsAt)))];

    static (Alternative Equipment, int From) Place(Operation operation, Dictionary<string, int> free)
    {
        var best = operation.Alternatives.MinBy(alternative => From(alternative) + (long)alternative.DurationSeconds)!;
        return (best, From(best));

        int From(Alternative alternative) => Math.Max(0, free.GetValueOrDefault(alternative.EquipmentId));
    }
}

/// <summary>A plan of the engine and the model it was made for.</summary>
/// <param name="Model">The model.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Origin">The model's origin, UTC.</param>
public sealed record RepairedPlan(SchedulingModel Model, Plan Plan, DateTimeOffset Origin)
{
    /// <summary>The plan in the plant's terms.</summary>
    public IReadOnlyList<PlanRow> Rows(PlanningFacts facts)
    {
        var clock = new ModelClock(Origin);
        var held = facts.Demand.SelectMany(order => order.Operations).Where(operation => operation.IsHeld)
            .Select(operation => PlanningModel.IdOf(operation.OperationId)).ToHashSet();
        return [.. Plan.Operations.Select(operation => new PlanRow(
            Guid.Parse(operation.OperationId), Guid.Parse(operation.JobId), operation.EquipmentId, clock.At(operation.SetupStartSeconds),
            clock.At(operation.StartSeconds), clock.At(operation.EndSeconds), Reason(operation, held), operation.Waits.On))];
    }

    static string Reason(PlannedOperation operation, HashSet<string> held) =>
        operation.Waits.Reason == WaitReason.Material && held.Contains(operation.OperationId)
            ? "QualityHold" : operation.Waits.Reason.ToString();
}
