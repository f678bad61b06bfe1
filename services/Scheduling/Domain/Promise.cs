using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Domain;

/// <summary>When an order that is not placed yet could end.</summary>
/// <param name="EndsAt">Its earliest end, UTC, with nothing planned moved.</param>
/// <param name="PlanVersion">The plan that it is promised on; 0 where there is none.</param>
/// <param name="Operations">Where and when each operation would be done.</param>
public sealed record Promise(DateTimeOffset EndsAt, long PlanVersion, IReadOnlyList<PromisedOperation> Operations);

/// <summary>An operation of a promised order.</summary>
/// <param name="Code">Its short name.</param>
/// <param name="Equipment">Where.</param>
/// <param name="StartsAt">Start, UTC.</param>
/// <param name="EndsAt">End, UTC.</param>
public sealed record PromisedOperation(string Code, string Equipment, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>Finds the earliest end of an order between what is planned.</summary>
public static class Promises
{
    /// <summary>Places the order's operations where the plan leaves room.</summary>
    /// <exception cref="ModelRefusedException">It finds no place; says why.</exception>
    public static IReadOnlyList<PromisedOperation> Place(PlanningFacts facts, DemandOrder order, DateTimeOffset now)
    {
        var origin = PlanSearch.Whole(now);
        var planned = PlanRepair.Shift(facts, facts.Plan, origin).Plan.Operations.ToDictionary(row => row.OperationId);
        var model = PlanningModel.Build(facts with { Demand = [.. facts.Demand, order] }, origin, PlanningPurpose.Shift);
        var pinned = model with { Jobs = [.. model.Jobs.Select(job => job with { Operations = [.. job.Operations.Select(Pin)] })] };
        var plan = ListPlanner.Plan(pinned.Compile(), DispatchRule.EarliestDueDate);
        var clock = new ModelClock(origin);
        var codes = order.Operations.ToDictionary(operation => PlanningModel.IdOf(operation.OperationId), operation => operation.Code);
        return [.. plan.Operations.Where(row => codes.ContainsKey(row.OperationId)).Select(row => new PromisedOperation(
            codes[row.OperationId], row.EquipmentId, clock.At(row.StartSeconds), clock.At(row.EndSeconds)))];

        Operation Pin(Operation operation) => operation.Running is null && planned.TryGetValue(operation.Id, out var row)
            ? operation with { Lock = new Placement(row.EquipmentId, row.StartSeconds) }
            : operation;
    }
}
