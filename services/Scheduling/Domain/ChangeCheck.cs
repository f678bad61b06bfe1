using Mes.Kernel;

namespace Mes.Scheduling.Domain;

/// <summary>What may be changed in a plan at all.</summary>
sealed class ChangeCheck(PlanningFacts facts, PlantPlan before)
{
    readonly HashSet<Guid> _planned = [.. before.Facts.Demand.SelectMany(order => order.Operations).Select(o => o.OperationId)];
    readonly Dictionary<Guid, PlanRow> _rows = facts.Plan.ToDictionary(row => row.OperationId);
    readonly Dictionary<Guid, (DemandOrder Order, DemandOperation Operation)> _demand = facts.Demand
        .SelectMany(order => order.Operations.Select(operation => (Order: order, Operation: operation)))
        .ToDictionary(item => item.Operation.OperationId);

    /// <summary>The equipment that open orders can use.</summary>
    public HashSet<string> Equipment { get; } = facts.Equipment();

    /// <summary>The end of the frozen zone, or null where there is none.</summary>
    public DateTimeOffset? FrozenUntil { get; } = facts.Settings.FrozenMinutes > 0
        ? before.Origin.AddMinutes(facts.Settings.FrozenMinutes) : null;

    /// <summary>An operation that the plan has.</summary>
    public (DemandOrder Order, DemandOperation Operation) RequirePlanned(Guid id)
    {
        if (!_demand.TryGetValue(id, out var own))
        {
            throw new RuleViolation("operation-not-planned", "Drag an operation of the plan.", ("operation", id));
        }
        if (_planned.Contains(id)) return own;
        var why = before.Facts.Unplanned.First(step => step.OrderId == own.Order.OrderId);
        throw new RuleViolation("operation-not-planned", why.Hint,
            ("operation", id), ("reason", why.Code), ("step", why.Operation));
    }

    /// <summary>Work that has begun stays where it is.</summary>
    public static void RequireNotRunning(DemandOperation operation)
    {
        if (operation.Running is { } running)
        {
            throw new RuleViolation("operation-running", "Work on it has begun: it stays where it is.",
                ("operation", operation.OperationId), ("equipment", running.Equipment), ("startedAt", running.StartedAt));
        }
    }

    /// <summary>What is neither under way nor pinned nor, now or then, in the frozen zone may be moved.</summary>
    public void RequireMovable(DemandOperation operation, DateTimeOffset? startsAt = null)
    {
        RequireNotRunning(operation);
        if (operation.Lock is { } pin)
        {
            throw new RuleViolation("operation-locked", "Unlock it first.",
                ("operation", operation.OperationId), ("equipment", pin.Equipment), ("startsAt", pin.StartsAt));
        }
        if (startsAt < FrozenUntil || IsFrozen(operation.OperationId))
        {
            throw new RuleViolation("frozen", "The plan is not changed any more before the end of the frozen zone.",
                ("operation", operation.OperationId), ("startsAt", _rows.GetValueOrDefault(operation.OperationId)?.StartsAt),
                ("requested", startsAt), ("frozenUntil", FrozenUntil));
        }
    }

    /// <summary>Whether the plan in force starts it before the end of the frozen zone.</summary>
    public bool IsFrozen(Guid id) => _rows.GetValueOrDefault(id)?.StartsAt < FrozenUntil;
}
