using Mes.Kernel;

namespace Mes.Scheduling.Domain;

/// <summary>What a step changes beside the places of operations.</summary>
/// <param name="Locked">Operations that it pins, and where.</param>
/// <param name="Unlocked">Operations that it lets go.</param>
/// <param name="TakenOut">Operations that it takes out of the plan.</param>
/// <param name="PlannedAgain">Operations that it lets join again.</param>
public sealed record StepEffect(
    IReadOnlyList<PlacedOperation> Locked, IReadOnlyList<Guid> Unlocked, IReadOnlyList<Guid> TakenOut,
    IReadOnlyList<Guid> PlannedAgain)
{
    /// <summary>What later facts have otherwise than earlier ones of the same demand.</summary>
    internal static StepEffect Between(PlanningFacts before, PlanningFacts after)
    {
        var changed = before.Demand.Zip(after.Demand).Where(pair => !ReferenceEquals(pair.First, pair.Second))
            .SelectMany(pair => pair.First.Operations.Zip(pair.Second.Operations)).ToList();
        var locks = changed.Where(pair => pair.First.Lock != pair.Second.Lock).Select(pair => pair.Second).ToList();
        return new StepEffect(
            [.. locks.Where(o => o.Lock is not null).Select(o =>
                new PlacedOperation(o.OperationId, o.Lock!.Equipment, o.Lock.StartsAt))],
            [.. locks.Where(o => o.Lock is null).Select(o => o.OperationId)],
            [.. changed.Where(pair => !pair.First.IsTakenOut && pair.Second.IsTakenOut).Select(pair => pair.Second.OperationId)],
            [.. changed.Where(pair => pair.First.IsTakenOut && !pair.Second.IsTakenOut).Select(pair => pair.Second.OperationId)]);
    }

    /// <summary>The facts with the effect; what others have pinned meanwhile stays pinned.</summary>
    internal PlanningFacts On(PlanningFacts live, PlanningFacts facts)
    {
        var (locked, unlocked) = (Locked.ToDictionary(o => o.OperationId), Unlocked.ToHashSet());
        var (gone, back) = (TakenOut.ToHashSet(), PlannedAgain.ToHashSet());
        var pinned = DraftReplay.Pinned(live);
        return facts.With(facts.Demand.SelectMany(order => order.Operations)
            .Where(o => locked.ContainsKey(o.OperationId) || unlocked.Contains(o.OperationId)
                || gone.Contains(o.OperationId) || back.Contains(o.OperationId))
            .ToDictionary(o => o.OperationId, o => o with
            {
                Lock = pinned.Contains(o.OperationId) ? o.Lock
                    : locked.TryGetValue(o.OperationId, out var at) ? new OperationLock(at.Equipment, at.StartsAt)
                    : unlocked.Contains(o.OperationId) ? null : o.Lock,
                IsTakenOut = gone.Contains(o.OperationId) || (o.IsTakenOut && !back.Contains(o.OperationId))
            }));
    }
}

/// <summary>A step of a draft.</summary>
/// <param name="Revision">The revision that it made, from 1.</param>
/// <param name="Step">The step.</param>
/// <param name="Effect">What it changed beside the places of operations.</param>
public sealed record DraftStep(int Revision, PlanStep Step, StepEffect Effect);

/// <summary>A step of a draft that is not possible any more, and why.</summary>
/// <param name="Step">The step.</param>
/// <param name="Code">Why, a stable code.</param>
/// <param name="Hint">A way out, one sentence.</param>
/// <param name="Values">The values that stand in the way, by name.</param>
public sealed record LostStep(PlanStep Step, string Code, string Hint, IReadOnlyDictionary<string, object?> Values);

/// <summary>What steps come to on a plan.</summary>
/// <param name="Plan">The plan after them; null where none was possible.</param>
/// <param name="Facts">The facts after them.</param>
/// <param name="Steps">Those that were possible, numbered anew.</param>
/// <param name="Lost">Those that were not.</param>
public sealed record Replayed(
    PlantPlan? Plan, PlanningFacts Facts, IReadOnlyList<DraftStep> Steps, IReadOnlyList<LostStep> Lost);

/// <summary>Takes the steps of a draft on the plan in force. They cannot break what is pinned or under way in the
/// plant.</summary>
public static class DraftReplay
{
    /// <summary>Takes steps one after the other and passes over those that are not possible.</summary>
    /// <param name="live">What is known, with the plan in force.</param>
    /// <param name="steps">The steps, in order.</param>
    /// <param name="now">The instant, UTC.</param>
    public static Replayed Replay(PlanningFacts live, IEnumerable<PlanStep> steps, DateTimeOffset now)
    {
        var state = new Replayed(null, live, [], []);
        foreach (var step in steps)
        {
            try
            {
                var (result, effect) = Take(live, state.Facts, step, now);
                IReadOnlyList<DraftStep> taken = [.. state.Steps, new DraftStep(state.Steps.Count + 1, step, effect)];
                state = new Replayed(result.Plan, result.Facts, taken, state.Lost);
            }
            catch (RuleViolation broken)
            {
                state = state with { Lost = [.. state.Lost, Because(step, broken)] };
            }
        }
        return state;
    }

    /// <summary>Takes one more step.</summary>
    /// <param name="live">What is known, with the plan in force.</param>
    /// <param name="facts">The same after the steps so far.</param>
    /// <param name="step">The step.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <exception cref="RuleViolation">It is not possible; says why.</exception>
    public static (PlanStepResult Result, StepEffect Effect) Take(
        PlanningFacts live, PlanningFacts facts, PlanStep step, DateTimeOffset now)
    {
        var pinned = Pinned(live);
        if (step.Kind == PlanStepKind.Unlock && step.OperationIds!.Where(pinned.Contains).ToList() is [var first, ..])
        {
            throw new RuleViolation("locked-in-force", "Release the lock in the plan in force; a draft does not break it.",
                ("operation", first));
        }
        var result = step.Take(Free(facts, step, pinned), now);
        return (result, StepEffect.Between(facts, result.Facts));
    }

    /// <summary>The facts with the effects of steps.</summary>
    public static PlanningFacts After(PlanningFacts live, IEnumerable<DraftStep> steps) =>
        steps.Aggregate(live, (facts, step) => step.Effect.On(live, facts));

    internal static HashSet<Guid> Pinned(PlanningFacts facts) => [.. facts.Demand.SelectMany(order => order.Operations)
        .Where(o => o.Lock is not null).Select(o => o.OperationId)];

    /// <summary>What only the draft has pinned does not hinder the draft's own steps.</summary>
    static PlanningFacts Free(PlanningFacts facts, PlanStep step, HashSet<Guid> pinned)
    {
        if (step.Kind is PlanStepKind.Lock or PlanStepKind.Unlock or PlanStepKind.PlanAgain) return facts;
        var named = (step.OperationIds ?? []).Concat((step.Operations ?? []).Select(o => o.OperationId)).ToHashSet();
        var own = facts.Demand.SelectMany(order => order.Operations.Where(o => o.Lock is not null
            && !pinned.Contains(o.OperationId) && (order.OrderId == step.OrderId || named.Contains(o.OperationId)))).ToList();
        return own.Count == 0 ? facts : facts.With(own.ToDictionary(o => o.OperationId, o => o with { Lock = null }));
    }

    static LostStep Because(PlanStep step, RuleViolation broken) =>
        new(step, broken.Code, broken.Hint, broken.Values.ToDictionary(value => value.Name, value => value.Value));
}
