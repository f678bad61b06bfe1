using Mes.Kernel;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Repair;

namespace Mes.Scheduling.Domain;

/// <summary>When an order that is not placed yet could end.</summary>
/// <param name="EndsAt">Its earliest end, UTC, with nothing planned moved.</param>
/// <param name="PlanVersion">The plan that it is promised on; 0 where there is none.</param>
/// <param name="Operations">Where and when each operation would be done.</param>
/// <param name="Bottleneck">What it waits for longest; null where it waits for nothing.</param>
/// <param name="Unplanned">Steps of open orders that cannot be planned, and so take no time from it; the first 100.</param>
public sealed record PromisedDate(
    DateTimeOffset EndsAt, long PlanVersion, IReadOnlyList<PromisedOperation> Operations, PromiseBottleneck? Bottleneck,
    IReadOnlyList<UnplannedStep> Unplanned);

/// <summary>The equipment or resource for which a promised order waits longest, over all its operations.</summary>
/// <param name="Equipment">Code of the equipment, or null where it is a resource.</param>
/// <param name="Resource">Code of the resource, or null where it is equipment.</param>
/// <param name="WaitSeconds">For how long.</param>
/// <param name="ClosedSeconds">How much of that the equipment is closed, so that it would not help to free it.</param>
public sealed record PromiseBottleneck(string? Equipment, string? Resource, long WaitSeconds, long ClosedSeconds);

/// <summary>An operation of a promised order.</summary>
/// <param name="Code">Its short name.</param>
/// <param name="Equipment">Where.</param>
/// <param name="SetupStartsAt">Start of its setup, UTC; equal to the start where there is none.</param>
/// <param name="StartsAt">Start, UTC.</param>
/// <param name="EndsAt">End, UTC.</param>
/// <param name="ReadyAt">When what it follows is done and the order may start, UTC: from then on it waits.</param>
/// <param name="WaitSeconds">How long it waits then for its equipment or a resource.</param>
/// <param name="ClosedSeconds">How much of that its equipment is closed.</param>
/// <param name="WaitsFor">Why it does not start earlier: a reason of the engine.</param>
/// <param name="Resource">Code of the resource that it waits for, or null.</param>
public sealed record PromisedOperation(
    string Code, string Equipment, DateTimeOffset SetupStartsAt, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    DateTimeOffset ReadyAt, long WaitSeconds, long ClosedSeconds, string WaitsFor, string? Resource);

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
        var (model, rows) = Of(shifted, order);
        var placed = rows.Select(row => Told(row, codes[row.OperationId], ReadySeconds(row, rows, model))).ToList();
        return new PromisedDate(placed.Max(operation => operation.EndsAt), planVersion, placed, Bottleneck(placed),
            [.. shifted.Facts.Unplanned.Take(UnplannedMax)]);

        PromisedOperation Told(PlannedOperation row, string code, int ready)
        {
            var wait = Math.Max(0, row.SetupStartSeconds - ready);
            var calendar = model.Equipment.First(unit => unit.Id == row.EquipmentId).Calendar;
            var open = PlanFigures.Open(calendar, ready, ready + wait);
            return new PromisedOperation(
                code, row.EquipmentId, clock.At(row.SetupStartSeconds), clock.At(row.StartSeconds), clock.At(row.EndSeconds),
                clock.At(ready), wait, wait - open, row.Waits.Reason.ToString(),
                row.Waits.Reason == WaitReason.Resource ? row.Waits.On : null);
        }
    }

    /// <summary>The equipment or resource for which the operations wait longest together.</summary>
    internal static PromiseBottleneck? Bottleneck(IEnumerable<PromisedOperation> operations) => operations
        .GroupBy(o => (Equipment: o.Resource is null ? o.Equipment : null, o.Resource))
        .Select(own => new PromiseBottleneck(
            own.Key.Equipment, own.Key.Resource, own.Sum(o => o.WaitSeconds), own.Sum(o => o.ClosedSeconds)))
        .Where(found => found.WaitSeconds > 0).MaxBy(found => found.WaitSeconds);

    /// <summary>When what an operation follows is done, and its order may start.</summary>
    static int ReadySeconds(PlannedOperation row, IReadOnlyList<PlannedOperation> rows, SchedulingModel model)
    {
        var ready = Math.Max(0, model.Jobs[^1].ReleaseSeconds);
        foreach (var arc in model.Precedences.Where(arc => arc.To == row.OperationId))
        {
            if (rows.FirstOrDefault(other => other.OperationId == arc.From) is not { } before) continue;
            var allowed = arc.Kind switch
            {
                LagKind.EndStart => before.EndSeconds + arc.MinLagSeconds,
                LagKind.StartStart => before.StartSeconds + arc.MinLagSeconds,
                _ => before.EndSeconds + arc.MinLagSeconds - (row.EndSeconds - row.StartSeconds)
            };
            ready = Math.Max(ready, allowed);
        }
        return ready;
    }

    static (SchedulingModel Model, IReadOnlyList<PlannedOperation> Operations) Of(PlantPlan shifted, DemandOrder order)
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
            return (all, Promise.For(model.Compile(), shifted.Plan.Operations, job,
                all.Precedences.Where(arc => own.Contains(arc.To))).Operations);
        }
        catch (ModelRefusedException refused)
        {
            throw Unplannable.Because(refused, order, shifted.Origin);
        }
    }
}
