using Mes.Kernel;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Repair;

namespace Mes.Scheduling.Domain;

/// <summary>An operation dragged to a place.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Where it shall go.</param>
/// <param name="StartsAt">When its run shall start, UTC.</param>
public sealed record PlanMove(Guid OperationId, string Equipment, DateTimeOffset StartsAt)
{
    /// <summary>The plan with the operation there and everything it is in the way of shifted to the right.</summary>
    /// <param name="facts">What is known; its plan is the one that is changed.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <exception cref="RuleViolation">It cannot go there; says why, with the values.</exception>
    public PlantPlan Make(PlanningFacts facts, DateTimeOffset now)
    {
        var before = PlanShift.Shift(facts, facts.Plan, PlanSearch.Whole(now));
        return Make(new ChangeCheck(facts, before), before);
    }

    /// <summary>The same in a plan that is brought up to the facts.</summary>
    internal PlantPlan Make(ChangeCheck check, PlantPlan before)
    {
        var move = this with { StartsAt = PlanSearch.Whole(StartsAt) };
        new MoveCheck(check, before).Require(move);
        try
        {
            var moved = PlanRepair.Move(before.Model.Compile(), before.Plan.Placements, new Dictionary<string, Placement>
            {
                [PlanningModel.IdOf(OperationId)] = new(Equipment, new ModelClock(before.Origin).Seconds(move.StartsAt))
            });
            return before with { Plan = moved.Plan };
        }
        catch (ModelRefusedException refused)
        {
            throw Because(refused.Refusals[0]);
        }
    }

    /// <summary>The problem that a refusal of the engine is.</summary>
    public static RuleViolation Because(ModelRefusal refusal) =>
        new(refusal.Code, refusal.Hint, [.. refusal.Values.Select(value => (value.Key, (object?)value.Value))]);
}

/// <summary>The rules of dragging operations.</summary>
sealed class MoveCheck(ChangeCheck check, PlantPlan before)
{
    readonly ModelClock _clock = new(before.Origin);
    readonly Dictionary<string, PlannedOperation> _planned = before.Plan.Operations.ToDictionary(row => row.OperationId);
    readonly ILookup<string, Precedence> _arcs = before.Model.Precedences.ToLookup(arc => arc.To);

    /// <summary>It can start there and then.</summary>
    public void Require(PlanMove move)
    {
        Require(move, new HashSet<string>());
        RequireOpen(move);
    }

    /// <summary>Beside others that move with it, it can be done there from then on.</summary>
    public void Require(PlanMove move, IReadOnlySet<string> withIt)
    {
        var (order, operation) = check.RequirePlanned(move.OperationId);
        check.RequireMovable(operation, move.StartsAt);
        RequireEquipment(move, operation);
        RequireTime(move, order, operation, withIt);
    }

    void RequireEquipment(PlanMove move, DemandOperation operation)
    {
        if (!check.Equipment.Contains(move.Equipment))
        {
            throw new RuleViolation("equipment-not-planned",
                "Drag it to equipment that open orders can use; check the code.",
                ("operation", move.OperationId), ("equipment", move.Equipment), ("allowed", operation.Equipment));
        }
        if (!operation.Equipment.Contains(move.Equipment))
        {
            throw new RuleViolation("incompatible-equipment", "Drag it to equipment that can do it.",
                ("operation", move.OperationId), ("equipment", move.Equipment), ("allowed", operation.Equipment));
        }
    }

    void RequireTime(PlanMove move, DemandOrder order, DemandOperation operation, IReadOnlySet<string> withIt)
    {
        if (move.StartsAt < before.Origin)
        {
            throw new RuleViolation("in-the-past", "Drag it to a time that is still to come.",
                ("startsAt", move.StartsAt), ("now", before.Origin));
        }
        var job = before.Model.Jobs.First(job => job.Id == PlanningModel.IdOf(order.OrderId));
        var start = _clock.Seconds(move.StartsAt);
        Require(job.ReleaseSeconds, "before-release", "The order is not released before.");
        var own = job.Operations.First(o => o.Id == PlanningModel.IdOf(operation.OperationId));
        Require(own.MaterialSeconds, operation.IsHeld ? "on-hold" : "before-material",
            operation.IsHeld ? "Quality blocks it; release the hold first." : "Its material is not there before.");
        RequirePredecessors(move, own.Id, withIt);

        void Require(int earliest, string code, string hint)
        {
            if (start < earliest)
            {
                throw new RuleViolation(code, hint, ("startsAt", move.StartsAt), ("earliest", _clock.At(earliest)));
            }
        }
    }

    void RequirePredecessors(PlanMove move, string id, IReadOnlySet<string> withIt)
    {
        foreach (var arc in _arcs[id].Where(arc => arc.Kind != LagKind.EndEnd && !withIt.Contains(arc.From)))
        {
            var from = _planned[arc.From];
            var earliest = (arc.Kind == LagKind.EndStart ? from.EndSeconds : from.StartSeconds) + arc.MinLagSeconds;
            if (_clock.Seconds(move.StartsAt) < earliest)
            {
                throw new RuleViolation("before-predecessor", "The operation it follows is not far enough by then.",
                    ("startsAt", move.StartsAt), ("predecessor", Guid.Parse(arc.From)), ("earliest", _clock.At(earliest)));
            }
        }
    }

    void RequireOpen(PlanMove move)
    {
        var start = _clock.Seconds(move.StartsAt);
        var stop = before.Model.Breakdowns.FirstOrDefault(
            stop => stop.EquipmentId == move.Equipment && stop.Down.StartSeconds <= start && start < stop.Down.EndSeconds);
        if (stop is not null)
        {
            throw new RuleViolation("equipment-down", "The equipment is down by then.", ("equipment", move.Equipment),
                ("startsAt", move.StartsAt), ("expectedUpAt", _clock.At(stop.Down.EndSeconds)));
        }
        var open = before.Model.Equipment.First(equipment => equipment.Id == move.Equipment).Calendar.OpenWindows;
        if (open.All(window => start < window.StartSeconds || start >= window.EndSeconds))
        {
            var next = open.Where(window => window.StartSeconds > start).Select(window =>
                (DateTimeOffset?)_clock.At(window.StartSeconds))
                .FirstOrDefault();
            throw new RuleViolation("equipment-closed", "The equipment is closed by its calendar then.",
                ("equipment", move.Equipment), ("startsAt", move.StartsAt), ("nextOpen", next));
        }
    }
}
