using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Domain;

/// <summary>What the engine is asked to search.</summary>
/// <param name="Model">The model.</param>
/// <param name="Origin">Its origin, UTC.</param>
/// <param name="Seconds">How long to search.</param>
/// <param name="Workers">Threads.</param>
/// <param name="IsRepair">Whether the search begins from the plan in force.</param>
public sealed record PlanSearch(SchedulingModel Model, DateTimeOffset Origin, int Seconds, int Workers, bool IsRepair)
{
    /// <summary>The search that facts ask for.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="purpose">From scratch or near the plan in force.</param>
    /// <param name="seconds">How long to search.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <exception cref="ModelRefusedException">Nothing can be planned; says why.</exception>
    public static PlanSearch Of(PlanningFacts facts, PlanningPurpose purpose, int seconds, DateTimeOffset now)
    {
        var origin = Whole(now);
        // stability and the frozen zone refer to the plan as it can still be kept
        var shifted = facts.Plan.Count == 0 ? facts : Shifted(PlanShift.Shift(facts, facts.Plan, origin));
        return new PlanSearch(Plannable(shifted, origin, purpose), origin, seconds, facts.Settings.Workers,
            IsRepair: purpose == PlanningPurpose.Improve && facts.Plan.Count > 0);
    }

    static PlanningFacts Shifted(PlantPlan plan) => plan.Facts with { Plan = plan.Rows() };

    /// <summary>The better of a plan that was found and the plan in force, both brought up to the facts.</summary>
    public static PlantPlan Better(PlanningFacts facts, IReadOnlyList<PlanRow> found, PlanningPurpose purpose, DateTimeOffset now)
    {
        var origin = Whole(now);
        var candidate = PlanShift.Shift(facts, found, origin);
        if (facts.Plan.Count == 0)
        {
            return candidate;
        }
        var kept = PlanShift.Shift(facts, facts.Plan, origin);
        var objective = PlanningModel.ObjectiveOf(facts, purpose);
        return objective.Of(candidate.Plan.Measures) < objective.Of(kept.Plan.Measures) ? candidate : kept;
    }

    /// <summary>Whether a plan places every operation as the plan in force does.</summary>
    public static bool IsInForce(PlanningFacts facts, PlantPlan plan)
    {
        var rows = plan.Rows();
        var before = facts.Plan.ToDictionary(row => row.OperationId);
        return facts.Plan.Count > 0 && rows.Count == before.Count && rows.All(row =>
            before.TryGetValue(row.OperationId, out var old)
            && old.Equipment == row.Equipment && old.StartsAt == row.StartsAt && old.EndsAt == row.EndsAt);
    }

    /// <summary>The instant in whole seconds, as the engine counts.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    /// <summary>A lock or frozen zone that the facts have made impossible gives way; everything else is refused.</summary>
    static SchedulingModel Plannable(PlanningFacts facts, DateTimeOffset origin, PlanningPurpose purpose)
    {
        var model = PlanningModel.Build(facts, origin, purpose);
        if (model.Check().Count == 0)
        {
            return model;
        }
        var thawed = model with { FrozenUntilSeconds = 0 };
        if (thawed.Check().Count == 0)
        {
            return thawed;
        }
        var unlocked = PlanningModel.Build(facts.GivingWay(_ => true), origin, purpose) with { FrozenUntilSeconds = 0 };
        unlocked.Compile();
        return unlocked;
    }
}
