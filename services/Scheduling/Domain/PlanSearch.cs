using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Repair;

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
        // stability and the frozen zone refer to the plan as it can still be kept; what cannot be planned is left out
        var shifted = PlanShift.Shift(facts, facts.Plan, origin);
        var hasPlan = facts.Plan.Count > 0;
        var model = Plannable(hasPlan ? Shifted(shifted) : shifted.Facts, origin, purpose);
        // without a plan the engine may still begin from the one that was found
        return new PlanSearch(hasPlan ? model : model with { Baseline = shifted.Plan.Placements },
            origin, seconds, facts.Settings.Workers, IsRepair: purpose == PlanningPurpose.Improve && hasPlan);
    }

    /// <summary>How late rows are that answer the search.</summary>
    public Lateness LatenessOf(IReadOnlyList<PlanRow> rows)
    {
        var clock = new ModelClock(Origin);
        var ends = rows.GroupBy(row => row.OrderId).ToDictionary(
            own => PlanningModel.IdOf(own.Key), own => clock.Seconds(own.Max(row => row.EndsAt)));
        var late = Model.Jobs.Where(job => ends.TryGetValue(job.Id, out var end) && end > (job.DueSeconds ?? int.MaxValue))
            .Select(job => (long)ends[job.Id] - job.DueSeconds!.Value).ToList();
        return new Lateness(late.Count, late.Sum());
    }

    static PlanningFacts Shifted(PlantPlan plan) => plan.Facts with { Plan = plan.Rows() };

    /// <summary>The better of a plan that was found and the plan in force, both brought up to the facts.</summary>
    public static PlantPlan Better(PlanningFacts facts, IReadOnlyList<PlanRow> found, PlanningPurpose purpose, DateTimeOffset now)
    {
        var origin = Whole(now);
        var candidate = Compacted(PlanShift.Shift(facts, found, origin), purpose);
        if (facts.Plan.Count == 0)
        {
            return candidate;
        }
        var kept = Compacted(PlanShift.Shift(facts, facts.Plan, origin), purpose);
        return IsBetter(candidate, kept, facts, purpose) ? candidate : kept;
    }

    /// <summary>Nothing is left idle without cause: from scratch no operation, near the plan in force none without a due
    /// date.</summary>
    static PlantPlan Compacted(PlantPlan plan, PlanningPurpose purpose)
    {
        var settings = plan.Facts.Settings;
        var due = plan.Facts.Demand.Where(order => order.DueAt is not null)
            .Select(order => PlanningModel.IdOf(order.OrderId)).ToHashSet();
        return plan with
        {
            Plan = PlanRepair.Compact(plan.Model.Compile(), plan.Plan,
                planned => purpose == PlanningPurpose.Full || !due.Contains(planned.JobId), settings.FrozenMinutes * 60)
        };
    }

    /// <summary>More that is planned is better; then the objective decides, and from scratch at last the earlier
    /// starts.</summary>
    static bool IsBetter(PlantPlan candidate, PlantPlan kept, PlanningFacts facts, PlanningPurpose purpose)
    {
        if (candidate.Plan.Operations.Count != kept.Plan.Operations.Count)
        {
            return candidate.Plan.Operations.Count > kept.Plan.Operations.Count;
        }
        var objective = PlanningModel.ObjectiveOf(facts, purpose);
        var (value, before) = (objective.Of(candidate.Plan.Measures), objective.Of(kept.Plan.Measures));
        return value < before || (value == before && purpose == PlanningPurpose.Full && Starts(candidate) < Starts(kept));
    }

    static long Starts(PlantPlan plan) => plan.Plan.Operations.Sum(planned => (long)planned.StartSeconds);

    /// <summary>Whether a plan places every operation as the plan in force does, and tells the same: what it leaves out, what
    /// is late, what is doubtful.</summary>
    public static bool IsInForce(PlanningFacts facts, PlantPlan plan)
    {
        var rows = plan.Rows();
        var late = LateOrders.Of(facts, rows).Select(late => (late.Order.OrderId, late.Order.DueAt!.Value));
        return facts.PlanId is not null && Places(facts, rows)
            && facts.UnplannedInForce.SetEquals(plan.Facts.Unplanned.Select(step => (step.OperationId, step.Code)))
            && facts.LateInForce.SetEquals(late)
            && facts.WarningsInForce.Select(Subject).ToHashSet().SetEquals(PlanWarnings.Of(facts).Select(Subject));

        static (string, string) Subject(PlanWarning warning) => (warning.Code, warning.Subject);
    }

    /// <summary>Whether rows are what the facts have planned already.</summary>
    public static bool Places(PlanningFacts facts, IReadOnlyList<PlanRow> rows)
    {
        var before = facts.Plan.ToDictionary(row => row.OperationId);
        return rows.Count == before.Count && rows.All(row => before.TryGetValue(row.OperationId, out var old)
            && old.Equipment == row.Equipment && old.StartsAt == row.StartsAt && old.EndsAt == row.EndsAt);
    }

    /// <summary>The instant in whole seconds, as the engine counts.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    /// <summary>A lock or frozen zone that the facts have made impossible gives way; what is refused even then is left
    /// out.</summary>
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
        for (var free = facts.GivingWay(_ => true); ;)
        {
            var unlocked = PlanningModel.Build(free, origin, purpose) with { FrozenUntilSeconds = 0 };
            if (unlocked.TryCompile(out var refusals) is not null)
            {
                return unlocked;
            }
            var without = free.LeavingOut(refusals, unlocked, origin, attempt: 0);
            free = without != free ? without : throw new ModelRefusedException(refusals);
        }
    }
}
