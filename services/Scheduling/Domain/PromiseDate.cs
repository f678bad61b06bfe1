using Mes.Kernel;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Repair;

namespace Mes.Scheduling.Domain;

/// <summary>When an order that is not placed yet could end.</summary>
/// <param name="EndsAt">Its earliest end, UTC, with nothing planned moved.</param>
/// <param name="PlanVersion">The plan that it is promised on; 0 where there is none.</param>
/// <param name="Operations">Where and when each operation would be done.</param>
/// <param name="Unplanned">Steps of open orders that cannot be planned, and so take no time from it; the first 100.</param>
public sealed record PromisedDate(
    DateTimeOffset EndsAt, long PlanVersion, IReadOnlyList<PromisedOperation> Operations,
    IReadOnlyList<UnplannedStep> Unplanned);

/// <summary>An operation of a promised order.</summary>
/// <param name="Code">Its short name.</param>
/// <param name="Equipment">Where.</param>
/// <param name="StartsAt">Start, UTC.</param>
/// <param name="EndsAt">End, UTC.</param>
public sealed record PromisedOperation(string Code, string Equipment, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>Finds the earliest end of an order between what is planned.</summary>
public static class Promises
{
    const int UnplannedMax = 100;

    /// <summary>Places the order's operations where the plan leaves room.</summary>
    /// <exception cref="RuleViolation">It finds no place; says why.</exception>
    public static PromisedDate Place(PlanningFacts facts, DemandOrder order, long planVersion, DateTimeOffset now)
    {
        var origin = PlanSearch.Whole(now);
        var shifted = PlanShift.Shift(facts, facts.Plan, origin);
        var clock = new ModelClock(origin);
        var codes = order.Operations.ToDictionary(operation => PlanningModel.IdOf(operation.OperationId), operation =>
            operation.Code);
        var placed = Of(shifted, order).Operations.Select(row => new PromisedOperation(
            codes[row.OperationId], row.EquipmentId, clock.At(row.StartSeconds), clock.At(row.EndSeconds))).ToList();
        return new PromisedDate(placed.Max(operation => operation.EndsAt), planVersion, placed,
            [.. shifted.Facts.Unplanned.Take(UnplannedMax)]);
    }

    static Promise Of(PlantPlan shifted, DemandOrder order)
    {
        var all = PlanningModel.Build(
            shifted.Facts with { Demand = [.. shifted.Facts.Demand, order] }, shifted.Origin, PlanningPurpose.Shift);
        var job = all.Jobs[^1];
        var own = job.Operations.Select(operation => operation.Id).ToHashSet();
        var model = all with
        {
            Jobs = [.. all.Jobs.SkipLast(1)],
            Precedences = [.. all.Precedences.Where(arc => !own.Contains(arc.To))]
        };
        try
        {
            return Promise.For(
                model.Compile(), shifted.Plan.Operations, job, all.Precedences.Where(arc => own.Contains(arc.To)));
        }
        catch (ModelRefusedException refused)
        {
            throw Unplannable.Because(refused, order, shifted.Origin);
        }
    }
}
