using Mes.Kernel;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
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
        var origin = PlanSearch.Whole(now);
        var (before, clock) = (PlanShift.Shift(facts, facts.Plan, origin), new ModelClock(origin));
        var move = this with { StartsAt = PlanSearch.Whole(StartsAt) };
        new MoveCheck(facts, before, move).Require();
        try
        {
            var moved = PlanRepair.Move(before.Model.Compile(), before.Plan.Placements, PlanningModel.IdOf(OperationId),
                new Placement(Equipment, clock.Seconds(move.StartsAt)));
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

/// <summary>The rules of dragging an operation.</summary>
sealed class MoveCheck(PlanningFacts facts, PlantPlan before, PlanMove move)
{
    readonly ModelClock _clock = new(before.Origin);

    public void Require()
    {
        var order = facts.Demand.FirstOrDefault(order => order.Operations.Any(o => o.OperationId == move.OperationId))
            ?? throw new RuleViolation("operation-not-planned", "Drag an operation of the plan.",
                ("operation", move.OperationId));
        var operation = order.Operations.First(o => o.OperationId == move.OperationId);
        RequirePlanned(order, operation);
        RequireMovable(operation);
        RequireEquipment(operation);
        RequireTime(order, operation);
        RequireOpen();
    }

    void RequirePlanned(DemandOrder order, DemandOperation operation)
    {
        if (before.Facts.Operation(operation.OperationId) is not null) return;
        var why = before.Facts.Unplanned.First(step => step.OrderId == order.OrderId);
        throw new RuleViolation("operation-not-planned", why.Hint,
            ("operation", move.OperationId), ("reason", why.Code), ("step", why.Operation));
    }

    void RequireMovable(DemandOperation operation)
    {
        if (operation.Running is { } running)
        {
            throw new RuleViolation("operation-running", "Work on it has begun: it stays where it is.",
                ("operation", move.OperationId), ("equipment", running.Equipment), ("startedAt", running.StartedAt));
        }
        if (operation.Lock is { } pin)
        {
            throw new RuleViolation("operation-locked", "Unlock it first.",
                ("operation", move.OperationId), ("equipment", pin.Equipment), ("startsAt", pin.StartsAt));
        }
        var frozenUntil = before.Origin.AddMinutes(facts.Settings.FrozenMinutes);
        var planned = facts.Plan.FirstOrDefault(row => row.OperationId == move.OperationId);
        if (facts.Settings.FrozenMinutes > 0
            && (move.StartsAt < frozenUntil || (planned is not null && planned.StartsAt < frozenUntil)))
        {
            throw new RuleViolation("frozen", "The plan is not changed any more before the end of the frozen zone.",
                ("operation", move.OperationId), ("startsAt", planned?.StartsAt), ("requested", move.StartsAt),
                ("frozenUntil", frozenUntil));
        }
    }

    void RequireEquipment(DemandOperation operation)
    {
        if (!facts.Equipment().Contains(move.Equipment))
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

    void RequireTime(DemandOrder order, DemandOperation operation)
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
        RequirePredecessors(own.Id, start);

        void Require(int earliest, string code, string hint)
        {
            if (start < earliest)
            {
                throw new RuleViolation(code, hint, ("startsAt", move.StartsAt), ("earliest", _clock.At(earliest)));
            }
        }
    }

    void RequirePredecessors(string id, int start)
    {
        var planned = before.Plan.Operations.ToDictionary(row => row.OperationId);
        foreach (var arc in before.Model.Precedences.Where(arc => arc.To == id && arc.Kind != LagKind.EndEnd))
        {
            var from = planned[arc.From];
            var earliest = (arc.Kind == LagKind.EndStart ? from.EndSeconds : from.StartSeconds) + arc.MinLagSeconds;
            if (start < earliest)
            {
                throw new RuleViolation("before-predecessor", "The operation it follows is not far enough by then.",
                    ("startsAt", move.StartsAt), ("predecessor", Guid.Parse(arc.From)), ("earliest", _clock.At(earliest)));
            }
        }
    }

    void RequireOpen()
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
