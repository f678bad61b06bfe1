using Mes.Kernel;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Domain;

/// <summary>A step of an order that cannot be planned, and what waits for it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Order">The order's number.</param>
/// <param name="OperationId">The step.</param>
/// <param name="Operation">Its short name.</param>
/// <param name="Code">Why, a stable code.</param>
/// <param name="Hint">A way out, one sentence.</param>
/// <param name="Values">The values that stand in the way, by name.</param>
/// <param name="Waiting">Short names of the order's steps that are left out with it, as they depend on it.</param>
public sealed record UnplannedStep(
    Guid OrderId, string Order, Guid OperationId, string Operation, string Code, string Hint,
    IReadOnlyDictionary<string, object?> Values, IReadOnlyList<string> Waiting);

/// <summary>The reasons of <see cref="UnplannedStep"/> that are not the engine's own.</summary>
public static class UnplannedCode
{
    /// <summary>The order may start only after the time that the plan reaches.</summary>
    public const string ReleaseBeyondHorizon = "release-beyond-horizon";

    /// <summary>The step takes more time than the plan reaches.</summary>
    public const string LongerThanHorizon = "longer-than-horizon";

    /// <summary>Two steps of the order have the same short name.</summary>
    public const string StepsOfOneName = "steps-of-one-name";

    /// <summary>The planner has taken the step out of the plan.</summary>
    public const string TakenOut = "taken-out";
}

/// <summary>
/// Takes out of the facts what cannot be planned, step by step, so that everything else is planned in full. With a step
/// go those that depend on it: what follows it, and what it must follow within a time.
/// </summary>
static class Unplannable
{
    const int OneByOne = 8;
    const int TimesTwoMax = 20;

    /// <summary>The facts without the steps that refusals name; the same facts where they name none.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="refusals">What the engine says of the model.</param>
    /// <param name="model">The model that was built from the facts.</param>
    /// <param name="origin">Its origin, UTC.</param>
    /// <param name="attempt">How often the search for a first plan has failed; more is taken out each time.</param>
    public static PlanningFacts LeavingOut(
        this PlanningFacts facts, IEnumerable<ModelRefusal> refusals, SchedulingModel model, DateTimeOffset origin,
        int attempt)
    {
        var orders = facts.Demand
            .SelectMany(order => order.Operations.Select(o => (Id: PlanningModel.IdOf(o.OperationId), order)))
            .ToDictionary(item => item.Id, item => item.order);
        var jobs = facts.Demand.ToDictionary(order => PlanningModel.IdOf(order.OrderId));
        var named = new Dictionary<string, ModelRefusal>();
        foreach (var refusal in refusals)
        {
            foreach (var id in Named(refusal, facts, jobs, model, attempt).Where(orders.ContainsKey))
            {
                named.TryAdd(id, refusal);
            }
        }
        return facts.Without(named.GroupBy(item => orders[item.Key]).ToDictionary(
            group => group.Key, group => group.ToDictionary(item => item.Key, item => item.Value)), origin);
    }

    /// <summary>The facts without steps whose order names two of them alike, which no model can tell apart.</summary>
    public static PlanningFacts WithNamesOfTheirOwn(this PlanningFacts facts, DateTimeOffset origin)
    {
        var alike = facts.Demand.Where(order => order.Operations.Any(o => o.Code.Length > 0)
            && order.Operations.Where(o => o.Code.Length > 0).CountBy(o => o.Code).Any(name => name.Value > 1));
        var refusal = new ModelRefusal(UnplannedCode.StepsOfOneName, new Dictionary<string, object>(),
            "Give each step of the routing a short name of its own.");
        return facts.Without(alike.ToDictionary(order => order, order =>
            order.Operations.Take(1).ToDictionary(o => PlanningModel.IdOf(o.OperationId), _ => refusal)), origin, isWhole: true);
    }

    /// <summary>The facts without the steps that the planner has taken out; work on them that has begun goes on.</summary>
    public static PlanningFacts WithoutTakenOut(this PlanningFacts facts, DateTimeOffset origin)
    {
        var refusal = new ModelRefusal(UnplannedCode.TakenOut, new Dictionary<string, object>(),
            "The planner took it out; plan it again to have it placed.");
        return facts.Without(facts.Demand.Where(order => order.Operations.Any(IsOut)).ToDictionary(order => order, order =>
            order.Operations.Where(IsOut).ToDictionary(o => PlanningModel.IdOf(o.OperationId), _ => refusal)), origin);

        static bool IsOut(DemandOperation operation) => operation is { IsTakenOut: true, Running: null };
    }

    /// <summary>Why an order, alone or beside the others, cannot be planned.</summary>
    public static RuleViolation Because(ModelRefusedException refused, DemandOrder order, DateTimeOffset origin)
    {
        var refusal = refused.Refusals[0];
        var step = order.Operations.FirstOrDefault(o => Text(refusal).Contains(PlanningModel.IdOf(o.OperationId)));
        var (code, hint, values) = UnplannedReason.Of(refusal, order, step, origin);
        return new RuleViolation(code, hint, [.. values.Select(value => (value.Key, value.Value))]);
    }

    static PlanningFacts Without(this PlanningFacts facts,
        Dictionary<DemandOrder, Dictionary<string, ModelRefusal>> named, DateTimeOffset origin, bool isWhole = false)
    {
        if (named.Count == 0) return facts;
        var unplanned = facts.Unplanned.ToList();
        var demand = new List<DemandOrder>(facts.Demand.Count);
        foreach (var order in facts.Demand)
        {
            if (!named.TryGetValue(order, out var own))
            {
                demand.Add(order);
                continue;
            }
            var gone = isWhole ? [.. order.Operations.Select(o => o.OperationId)] : Gone(order, own.Keys);
            unplanned.AddRange(Steps(order, own, gone, origin));
            demand.Add(order with { Operations = [.. order.Operations.Where(o => !gone.Contains(o.OperationId))] });
        }
        return facts with { Demand = demand, Unplanned = unplanned };
    }

    /// <summary>One entry for each reason of an order: where a later step fails for the same, it only waits.</summary>
    static IEnumerable<UnplannedStep> Steps(
        DemandOrder order, Dictionary<string, ModelRefusal> named, HashSet<Guid> gone, DateTimeOffset origin)
    {
        var told = order.Operations.Where(o => named.ContainsKey(PlanningModel.IdOf(o.OperationId)))
            .Select(o => (Step: o, Reason: UnplannedReason.Of(named[PlanningModel.IdOf(o.OperationId)], order, o, origin)))
            .DistinctBy(item => item.Reason.Code).ToList();
        var waiting = order.Operations.Where(o => gone.Contains(o.OperationId) && told.All(item => item.Step != o))
            .Select(o => o.Code).ToList();
        return told.Select(item => new UnplannedStep(order.OrderId, order.Number, item.Step.OperationId, item.Step.Code,
            item.Reason.Code, item.Reason.Hint, item.Reason.Values, waiting));
    }

    static HashSet<Guid> Gone(DemandOrder order, IEnumerable<string> named)
    {
        var arcs = PlanningModel.Links(order).ToList();
        var running = order.Operations.Where(o => o.Running is not null)
            .Select(o => PlanningModel.IdOf(o.OperationId)).ToHashSet();
        var gone = named.ToHashSet();
        for (var before = 0; before < gone.Count;)
        {
            before = gone.Count;
            foreach (var arc in arcs)
            {
                // work under way goes on, whatever it should have waited for
                if (gone.Contains(arc.From) && !running.Contains(arc.To)) gone.Add(arc.To);
                var isBound = arc.MaxLagSeconds is not null && !running.Contains(arc.From);
                if (isBound && gone.Contains(arc.To)) gone.Add(arc.From);
            }
        }
        return [.. gone.Select(Guid.Parse)];
    }

    static IEnumerable<string> Named(ModelRefusal refusal, PlanningFacts facts,
        Dictionary<string, DemandOrder> jobs, SchedulingModel model, int attempt) => refusal switch
        {
            { Code: RefusalCode.EquipmentOverloaded } => Overload(refusal, facts, model),
            { Code: RefusalCode.NoPlanFound } when attempt >= OneByOne =>
                [.. Text(refusal), .. Rivals(refusal, facts, model, attempt)],
            _ when refusal.Values.GetValueOrDefault("job") is string job && jobs.TryGetValue(job, out var order) =>
                order.Operations.Select(o => PlanningModel.IdOf(o.OperationId)),
            _ => Text(refusal).Take(1)
        };

    /// <summary>The operations that a refusal speaks of, the one at fault first.</summary>
    static IEnumerable<string> Text(ModelRefusal refusal) =>
        refusal.Values.GetValueOrDefault("operations") is IEnumerable<string> cycle ? cycle
            : new[] { "operation", "to", "from" }
                .Select(name => refusal.Values.GetValueOrDefault(name)).OfType<string>();

    /// <summary>Of what can be done only there, the least urgent until the rest fits.</summary>
    static IEnumerable<string> Overload(ModelRefusal refusal, PlanningFacts facts, SchedulingModel model)
    {
        var equipment = (string)refusal.Values["equipment"];
        var excess = Convert.ToInt64(refusal.Values["work"], null) - Convert.ToInt64(refusal.Values["open"], null);
        foreach (var operation in LeastUrgent(
            facts, model, o => o.Alternatives is [var only] && only.EquipmentId == equipment))
        {
            if (excess <= 0) yield break;
            excess -= operation.Alternatives[0].DurationSeconds;
            yield return operation.Id;
        }
    }

    /// <summary>Where one operation after the other finds no place, the least urgent on the same equipment, twice as many
    /// each time.</summary>
    static IEnumerable<string> Rivals(ModelRefusal refusal, PlanningFacts facts, SchedulingModel model, int attempt)
    {
        var own = Text(refusal).FirstOrDefault();
        var equipment = model.Jobs.SelectMany(job => job.Operations).Where(o => o.Id == own)
            .SelectMany(o => o.Alternatives).Select(alternative => alternative.EquipmentId).ToHashSet();
        return LeastUrgent(
                facts, model, o => o.Alternatives.Any(alternative => equipment.Contains(alternative.EquipmentId)))
            .Select(o => o.Id).Take(1 << Math.Min(attempt - OneByOne, TimesTwoMax));
    }

    static IEnumerable<Operation> LeastUrgent(PlanningFacts facts, SchedulingModel model, Func<Operation, bool> which)
    {
        var orders = facts.Demand.ToDictionary(order => PlanningModel.IdOf(order.OrderId));
        return model.Jobs.OrderBy(job => orders[job.Id].Priority)
            .ThenByDescending(job => orders[job.Id].DueAt ?? DateTimeOffset.MaxValue)
            .ThenByDescending(job => orders[job.Id].Number, StringComparer.Ordinal)
            .SelectMany(job => job.Operations.Reverse()).Where(o => o.Running is null && which(o));
    }
}
