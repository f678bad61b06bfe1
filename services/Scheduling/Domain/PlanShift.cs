using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Domain;

/// <summary>The first answer to changed facts: the same equipment and sequence, each operation as little later as they
/// allow.</summary>
public static class PlanShift
{
    /// <summary>Brings a plan up to the facts. What it lacks joins it: rush orders before what is planned, others where
    /// there is room.</summary>
    /// <exception cref="ModelRefusedException">Nothing can be planned; says why.</exception>
    public static PlantPlan Shift(PlanningFacts facts, IReadOnlyList<PlanRow> rows, DateTimeOffset origin) =>
        Shift(facts, PlanningModel.Build(facts, origin, PlanningPurpose.Shift), rows, origin);

    /// <summary>The same for a model that was built already.</summary>
    /// <exception cref="ModelRefusedException">Nothing can be planned; says why.</exception>
    public static PlantPlan Shift(PlanningFacts facts, SchedulingModel model, IReadOnlyList<PlanRow> rows, DateTimeOffset origin)
    {
        var placements = Placements(rows, new ModelClock(origin));
        AddRush(facts, model, placements);
        return new PlantPlan(model, PlanRepair.Shift(model.Compile(), placements).Plan, origin);
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
public sealed record PlantPlan(SchedulingModel Model, Plan Plan, DateTimeOffset Origin)
{
    /// <summary>The plan in the plant's terms.</summary>
    public IReadOnlyList<PlanRow> Rows(PlanningFacts facts)
    {
        var clock = new ModelClock(Origin);
        var held = facts.Demand.SelectMany(order => order.Operations).Where(operation => operation.IsHeld)
            .Select(operation => PlanningModel.IdOf(operation.OperationId)).ToHashSet();
        return [.. Plan.Operations.Select(operation => new PlanRow(
            Guid.Parse(operation.OperationId), Guid.Parse(operation.JobId), operation.EquipmentId,
            clock.At(operation.SetupStartSeconds),
            clock.At(operation.StartSeconds), clock.At(operation.EndSeconds), Reason(operation, held), operation.Waits.On))];
    }

    static string Reason(PlannedOperation operation, HashSet<string> held) =>
        operation.Waits.Reason == WaitReason.Material && held.Contains(operation.OperationId)
            ? "QualityHold" : operation.Waits.Reason.ToString();
}
