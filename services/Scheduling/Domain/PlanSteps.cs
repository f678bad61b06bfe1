using Mes.Kernel;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Repair;

namespace Mes.Scheduling.Domain;

/// <summary>Takes steps in a plan: pure, so that a step may be taken again on a plan that others have changed.</summary>
public static class PlanSteps
{
    /// <summary>The plan and the facts after a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="facts">What is known; its plan is the one that is changed.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <exception cref="RuleViolation">It is not possible; says why, with the values.</exception>
    public static PlanStepResult Take(this PlanStep step, PlanningFacts facts, DateTimeOffset now)
    {
        try
        {
            var before = PlanShift.Shift(facts, facts.Plan, PlanSearch.Whole(now));
            var stage = new StepStage(facts, before, new ChangeCheck(facts, before));
            return step.Kind switch
            {
                PlanStepKind.Move => stage.Move(step),
                PlanStepKind.Swap => stage.Swap(step),
                PlanStepKind.Lock => stage.Lock(step.OperationIds!),
                PlanStepKind.Unlock => stage.Anew(step.OperationIds!, operation => operation with { Lock = null }),
                PlanStepKind.Unplan => stage.Unplan(step.OperationIds!),
                PlanStepKind.PlanAgain => stage.PlanAgain(step.OperationIds!),
                PlanStepKind.PlaceOrder => stage.Place(step),
                _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "Unknown kind of step.")
            };
        }
        catch (ModelRefusedException refused)
        {
            throw PlanMove.Because(refused.Refusals[0]);
        }
    }
}

/// <summary>A plan in which a step is taken.</summary>
sealed class StepStage(PlanningFacts facts, PlantPlan before, ChangeCheck check)
{
    readonly ModelClock _clock = new(before.Origin);

    /// <summary>One operation goes exactly where it is dragged. Several go there, or as little later as the calendars and
    /// they themselves allow.</summary>
    public PlanStepResult Move(PlanStep step)
    {
        var moves = step.Operations!.Select(o => new PlanMove(o.OperationId, o.Equipment, o.StartsAt.ToUniversalTime())).ToList();
        return moves is [var only]
            ? Placed(only.Make(check, before), [only.OperationId], step.Lock)
            : Together(moves, moves.Select(move => PlanningModel.IdOf(move.OperationId)).ToHashSet(), step.Lock);
    }

    /// <summary>Each begins where the other did, or as little later as the calendars and the two themselves allow.</summary>
    public PlanStepResult Swap(PlanStep step)
    {
        var rows = before.Rows().ToDictionary(row => row.OperationId);
        var (first, second) = (step.OperationIds![0], step.OperationIds[1]);
        check.RequirePlanned(first);
        check.RequirePlanned(second);
        return Together([To(first, rows[second]), To(second, rows[first])], new HashSet<string>(), step.Lock);

        static PlanMove To(Guid id, PlanRow place) => new(id, place.Equipment, place.StartsAt);
    }

    /// <summary>Pins operations where they are.</summary>
    public PlanStepResult Lock(IReadOnlyList<Guid> ids)
    {
        foreach (var id in ids)
        {
            ChangeCheck.RequireNotRunning(check.RequirePlanned(id).Operation);
        }
        return Placed(before, ids, isPinned: true);
    }

    /// <summary>The plan brought up to facts that are told otherwise of some operations; those that are not known are passed
    /// over.</summary>
    public PlanStepResult Anew(IReadOnlyList<Guid> ids, Func<DemandOperation, DemandOperation> told)
    {
        var wanted = ids.ToHashSet();
        var after = facts.With(facts.Demand.SelectMany(order => order.Operations)
            .Where(o => wanted.Contains(o.OperationId)).ToDictionary(o => o.OperationId, told));
        var plan = PlanShift.Shift(after, facts.Plan, before.Origin);
        return new PlanStepResult(plan, after with { Plan = plan.Rows() });
    }

    /// <summary>Takes operations out, with what depends on them.</summary>
    public PlanStepResult Unplan(IReadOnlyList<Guid> ids)
    {
        foreach (var id in ids)
        {
            check.RequireMovable(check.RequirePlanned(id).Operation);
        }
        var result = Anew(ids, operation => operation with { IsTakenOut = true });
        var left = result.Facts.Plan.Select(row => row.OperationId).ToHashSet();
        foreach (var gone in before.Rows().Where(row => !left.Contains(row.OperationId)))
        {
            check.RequireMovable(check.RequirePlanned(gone.OperationId).Operation);
        }
        return result;
    }

    /// <summary>Lets operations that were taken out join where there is room.</summary>
    public PlanStepResult PlanAgain(IReadOnlyList<Guid> ids)
    {
        foreach (var id in ids)
        {
            if (facts.Operation(id) is not { IsTakenOut: true })
            {
                throw new RuleViolation("not-taken-out", "Name an operation that was taken out; what follows it comes along.",
                    ("operation", id));
            }
        }
        return Anew(ids, operation => operation with { IsTakenOut = false });
    }

    /// <summary>Puts what may be moved of an order to one side of the room that all others leave it.</summary>
    public PlanStepResult Place(PlanStep step)
    {
        var order = facts.Demand.FirstOrDefault(order => order.OrderId == step.OrderId)
            ?? throw new RuleViolation("order-not-planned", "Name an open order.", ("orderId", step.OrderId));
        var planned = before.Plan.Placements;
        var movable = order.Operations.Where(o => o is { Running: null, Lock: null } && !check.IsFrozen(o.OperationId)
            && planned.ContainsKey(PlanningModel.IdOf(o.OperationId))).Select(o => o.OperationId).ToList();
        if (movable.Count == 0)
        {
            throw new RuleViolation("nothing-to-place", "What is under way, pinned, frozen or not planned stays as it is.",
                ("order", order.Number));
        }
        var ids = movable.Select(PlanningModel.IdOf).ToHashSet();
        var (model, frozen) = (before.Model.Compile(), check.FrozenUntil is { } until ? _clock.Seconds(until) : 0);
        var plan = step.Side == OrderSide.Earliest
            ? Replacement.Earliest(model, before.Plan, ids, frozen)
            : Latest(model, order, ids, frozen);
        return Placed(before with { Plan = plan }, movable, step.Lock);
    }

    /// <summary>Where the order is late it goes to the left first.</summary>
    Engine.Plans.Plan Latest(CompiledModel model, DemandOrder order, HashSet<string> ids, int frozen)
    {
        var due = order.DueAt ?? throw new RuleViolation("no-due-date",
            "Give the order a due date, or place it as early as it can be.", ("order", order.Number));
        var endsBy = (int)Math.Floor(Math.Min((due - before.Origin).TotalSeconds, ModelTime.MaxSeconds / 2));
        var plan = IsLate(before.Plan) ? Replacement.Earliest(model, before.Plan, ids, frozen) : before.Plan;
        return !IsLate(plan) ? Replacement.Latest(model, plan, ids, endsBy) : throw new RuleViolation("due-date-missed",
            "Its due date cannot be met while the others stay; place it as early as it can be.",
            ("order", order.Number), ("dueAt", due));

        bool IsLate(Engine.Plans.Plan plan) =>
            plan.Operations.Any(row => ids.Contains(row.OperationId) && row.EndSeconds > endsBy);
    }

    PlanStepResult Together(IReadOnlyList<PlanMove> moves, HashSet<string> withThem, bool isPinned)
    {
        var rules = new MoveCheck(check, before);
        var wanted = moves.Select(move => move with { StartsAt = PlanSearch.Whole(move.StartsAt) }).ToList();
        wanted.ForEach(move => rules.Require(move, withThem));
        var moved = PlanRepair.Move(before.Model.Compile(), before.Plan.Placements, Apart(wanted));
        return Placed(before with { Plan = moved.Plan }, [.. moves.Select(move => move.OperationId)], isPinned);
    }

    /// <summary>Where operations find room beside each other and what is fixed, were there nothing else.</summary>
    Dictionary<string, Placement> Apart(IReadOnlyList<PlanMove> wanted)
    {
        var ids = wanted.Select(move => move.OperationId).ToHashSet();
        var alone = before.Facts with
        {
            Demand = [.. before.Facts.Demand.Select(order => order with
            {
                Operations = [.. order.Operations.Where(o =>
                    ids.Contains(o.OperationId) || o.Running is not null || o.Lock is { GivesWay: false })]
            })]
        };
        var places = wanted.ToDictionary(move => PlanningModel.IdOf(move.OperationId),
            move => new Placement(move.Equipment, _clock.Seconds(move.StartsAt)));
        var model = PlanningModel.Build(alone, before.Origin, PlanningPurpose.Shift).Compile();
        return PlanRepair.Shift(model, places).Plan.Placements.Where(place => places.ContainsKey(place.Key)).ToDictionary();
    }

    PlanStepResult Placed(PlantPlan plan, IReadOnlyList<Guid> ids, bool isPinned)
    {
        var rows = plan.Rows();
        if (!isPinned) return new PlanStepResult(plan, facts with { Plan = rows });
        var wanted = ids.ToHashSet();
        var pins = rows.Where(row => wanted.Contains(row.OperationId)).ToDictionary(
            row => row.OperationId, row => new OperationLock(row.Equipment, row.StartsAt));
        var pinned = facts.Demand.SelectMany(order => order.Operations).Where(o => pins.ContainsKey(o.OperationId))
            .ToDictionary(o => o.OperationId, o => o with { Lock = pins[o.OperationId] });
        return new PlanStepResult(plan, facts.With(pinned) with { Plan = rows });
    }
}
