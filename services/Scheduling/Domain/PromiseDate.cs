using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Domain;

/// <summary>When an order that is not placed yet could end.</summary>
/// <param name="EndsAt">Its earliest end, UTC, with nothing planned moved.</param>
/// <param name="PlanVersion">The plan that it is promised on; 0 where there is none.</param>
/// <param name="Operations">Where and when each operation would be done.</param>
public sealed record PromisedDate(DateTimeOffset EndsAt, long PlanVersion, IReadOnlyList<PromisedOperation> Operations);

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
        var shifted = PlanShift.Shift(facts, facts.Plan, origin);
        var all = PlanningModel.Build(
            shifted.Facts with { Demand = [.. shifted.Facts.Demand, order] }, origin, PlanningPurpose.Shift);
        var job = all.Jobs[^1];
        var own = job.Operations.Select(operation => operation.Id).ToHashSet();
        var model = all with
        {
            Jobs = [.. all.Jobs.SkipLast(1)],
            Precedences = [.. all.Precedences.Where(arc => !own.Contains(arc.To))]
        };
        var promise = Promise.For(
            model.Compile(), shifted.Plan.Operations, job, all.Precedences.Where(arc => own.Contains(arc.To)));
        var clock = new ModelClock(origin);
        var codes = order.Operations.ToDictionary(operation => PlanningModel.IdOf(operation.OperationId), operation =>
            operation.Code);
        return [.. promise.Operations.Select(row => new PromisedOperation(
            codes[row.OperationId], row.EquipmentId, clock.At(row.StartSeconds), clock.At(row.EndSeconds)))];
    }
}
