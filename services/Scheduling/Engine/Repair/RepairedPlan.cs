using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Repair;

/// <summary>A plan and how it differs from the one before.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Differences">Operations on other equipment or with another start, and those that were not planned
/// before; in the order of the model.</param>
public sealed record RepairedPlan(Plan Plan, IReadOnlyList<PlanDifference> Differences)
{
    /// <summary>What has changed between placements and a plan.</summary>
    public static RepairedPlan Compare(Plan plan, IReadOnlyDictionary<string, Placement> before) => new(plan,
        [.. plan.Operations.Select(planned => new PlanDifference(planned.OperationId, planned.JobId,
            before.GetValueOrDefault(planned.OperationId), new Placement(planned.EquipmentId, planned.StartSeconds)))
            .Where(difference => difference.Before != difference.After)]);
}

/// <summary>An operation that has moved.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="JobId">Its job.</param>
/// <param name="Before">Where it was; null: it was not planned.</param>
/// <param name="After">Where it is now.</param>
public sealed record PlanDifference(string OperationId, string JobId, Placement? Before, Placement After);
