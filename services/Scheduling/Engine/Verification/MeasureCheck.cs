using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Verification;

/// <summary>The verifier's own count of a plan's figures.</summary>
static class MeasureCheck
{
    public static PlanMeasures Measure(SchedulingModel model, IReadOnlyList<PlannedOperation> plan)
    {
        var operations = model.Jobs.SelectMany(job => job.Operations).ToDictionary(operation => operation.Id);
        var byJob = plan.GroupBy(planned => planned.JobId).ToArray();
        var setups = model.Equipment.GroupJoin(plan, equipment => equipment.Id, planned => planned.EquipmentId,
            (equipment, group) => SetupTime(operations, equipment, group));
        return new PlanMeasures(
            WeightedTardiness: byJob.Join(model.Jobs, group => group.Key, job => job.Id, Tardiness).Sum(),
            Makespan: plan.Max(planned => (long?)Math.Max(0, planned.EndSeconds)) ?? 0,
            SetupTime: setups.Sum(),
            Instability: plan.Sum(planned => Instability(model, operations[planned.OperationId], planned)),
            WorkInProcess: byJob.Sum(job => End(job) - job.Min(planned => (long)planned.StartSeconds)));
    }

    static long Tardiness(IEnumerable<PlannedOperation> plan, Job job) =>
        job.DueSeconds is { } due ? job.Weight * Math.Max(0, End(plan) - due) : 0;

    static long End(IEnumerable<PlannedOperation> plan) => plan.Max(planned => (long)planned.EndSeconds);

    static long SetupTime(
        Dictionary<string, Operation> operations, Model.Equipment equipment, IEnumerable<PlannedOperation> plan)
    {
        if (equipment.Setup is null) return 0;
        var sequence = plan.OrderBy(IsPlanned)
            .ThenBy(planned => IsPlanned(planned) ? planned.StartSeconds : planned.EndSeconds)
            .ThenBy(planned => IsPlanned(planned) ? planned.EndSeconds : planned.StartSeconds)
            .Select(planned => operations[planned.OperationId]);
        var (family, total) = (equipment.InitialFamily, 0L);
        foreach (var operation in sequence)
        {
            if (operation.Running is null) total += PlanVerifier.SetupSeconds(equipment, family, operation.SetupFamily);
            family = operation.SetupFamily;
        }
        return total;

        bool IsPlanned(PlannedOperation planned) => operations[planned.OperationId].Running is null;
    }

    static long Instability(SchedulingModel model, Operation operation, PlannedOperation planned)
    {
        if (operation.Running is not null) return 0;
        if (!model.Baseline.TryGetValue(planned.OperationId, out var before)) return 0;
        var change = planned.EquipmentId == before.EquipmentId ? 0 : model.Objective.EquipmentChangeSeconds;
        return Math.Abs((long)planned.StartSeconds - before.StartSeconds) + change;
    }
}
