using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Verification;
using Shouldly;

namespace Mes.Engine.Tests;

/// <summary>A model with a good plan, and where it can be hurt.</summary>
sealed record Scene(SchedulingModel Model, Plan Plan)
{
    public static Scene? Create(int seed, Mix mix)
    {
        try
        {
            var model = RandomModel.Create(seed, mix);
            var plan = ListPlanner.Plan(model.Compile());
            PlanVerifier.Verify(model, plan).ShouldBeEmpty();
            return new Scene(model, plan);
        }
        catch (ModelRefusedException)
        {
            return null; // another seed will do
        }
    }

    public Operation Operation(PlannedOperation planned) =>
        Model.Jobs.SelectMany(job => job.Operations).Single(operation => operation.Id == planned.OperationId);

    public string OtherEquipment(PlannedOperation planned) => Model.Equipment.Select(equipment => equipment.Id)
        .Except(Operation(planned).Alternatives.Select(item => item.EquipmentId)).FirstOrDefault("");

    public PlannedOperation? Before(PlannedOperation planned) => Plan.Operations
        .Where(other => other.EquipmentId == planned.EquipmentId && other.EndSeconds <= planned.StartSeconds
            && other.StartSeconds < planned.StartSeconds && planned.EndSeconds > planned.StartSeconds)
        .MaxBy(other => other.EndSeconds);

    public int? ClosedAt(PlannedOperation planned)
    {
        var windows = Model.Equipment.Single(item => item.Id == planned.EquipmentId).Calendar.OpenWindows;
        return windows.Zip(windows.Skip(1), (window, next) => (window.EndSeconds, next.StartSeconds))
            .Where(gap => gap.EndSeconds < gap.StartSeconds && gap.EndSeconds > 0)
            .Select(gap => (int?)gap.EndSeconds).FirstOrDefault();
    }

    public IEnumerable<Precedence> ArcsInto(PlannedOperation planned) =>
        Model.Precedences.Where(arc => arc.To == planned.OperationId);

    /// <summary>The start at which a minimum lag of this kind is just kept.</summary>
    public int? Tight(PlannedOperation planned, LagKind kind)
    {
        if (ArcsInto(planned).FirstOrDefault(item => item.Kind == kind) is not { } arc) return null;
        var from = Plan.Operations.Single(other => other.OperationId == arc.From);
        return arc.MinLagSeconds + kind switch
        {
            LagKind.EndStart => from.EndSeconds,
            LagKind.StartStart => from.StartSeconds,
            _ => from.EndSeconds - (planned.EndSeconds - planned.StartSeconds),
        };
    }

    public int Earliest(PlannedOperation planned) => Math.Max(0, Math.Max(Operation(planned).MaterialSeconds,
        Model.Jobs.Single(job => job.Id == planned.JobId).ReleaseSeconds));

    /// <summary>When so many others use a resource of this operation that it cannot join them.</summary>
    public int? Crowd(PlannedOperation planned)
    {
        if (Demand(planned) is not { } resource || planned.EndSeconds == planned.StartSeconds) return null;
        var capacity = Model.Resources.Single(item => item.Id == resource).Capacity;
        var users = Plan.Operations.Where(other => other != planned && Demand(other) == resource).ToArray();
        return users.Select(user => (int?)user.StartSeconds).FirstOrDefault(start =>
            users.Count(user => user.StartSeconds <= start && start < user.EndSeconds) >= capacity);
    }

    string? Demand(PlannedOperation planned) => Operation(planned).Alternatives
        .Single(item => item.EquipmentId == planned.EquipmentId).Demands is [var demand, ..] ? demand.ResourceId : null;
}
