using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>What matters more by the settings is better in the plan.</summary>
public sealed class PlanningWeightsTests
{
    const int HourSeconds = 3600;

    static Plan Best(PlanningFacts facts, PlanningPurpose purpose)
    {
        var model = PlanningModel.Build(facts, Given.Monday, purpose);
        var plan = Optimizer.Solve(model.Compile(), new SearchOptions(TimeSpan.FromMinutes(1)) { IterationsMax = 20_000 });
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        return plan;
    }

    static DemandOrder Hour(double dueHours, string? family = null) => Given.Order(family ?? "1") with
    {
        DueAt = Given.Monday.AddHours(dueHours),
        Operations = [new DemandOperation(Guid.CreateVersion7(), ["m1"], 0, HourSeconds, 1) { SetupFamily = family }]
    };

    static PlanningFacts With(PlanningFacts facts, ChangeSettings change) =>
        facts with { Settings = new PlanningSettings().Change(change) };

    /// <summary>An hour each of two families by turns, each due when it ends if no time is lost: sorted by family some are
    /// late.</summary>
    static PlanningFacts ByTurns()
    {
        const double setupHours = 1 / 6.0;
        DemandOrder[] orders = [.. Enumerable.Range(0, 4).Select(i =>
            Hour(i + 1 + ((i + 1) * setupHours), i % 2 == 0 ? "A" : "B"))];
        return Given.Facts(orders) with
        {
            Capacity = new PlantCapacity { Setups = [new SetupTimes("m1", HourSeconds / 6, [])] }
        };
    }

    [Fact]
    public void Unless_it_is_said_setups_cost_no_order_its_date_and_the_heavier_they_are_the_fewer_are_made()
    {
        var facts = ByTurns();
        var asBefore = Best(facts, PlanningPurpose.Full);
        var light = Best(With(facts, new ChangeSettings(SetupWeight: 10)), PlanningPurpose.Full);
        var heavy = Best(With(facts, new ChangeSettings(SetupWeight: 1000)), PlanningPurpose.Full);
        asBefore.Measures.WeightedTardiness.ShouldBe(0);
        light.Measures.SetupTime.ShouldBe(asBefore.Measures.SetupTime);
        heavy.Measures.SetupTime.ShouldBeLessThan(asBefore.Measures.SetupTime);
        heavy.Measures.WeightedTardiness.ShouldBePositive();
    }

    [Fact]
    public void The_heavier_calm_is_the_less_is_moved_and_due_dates_can_outweigh_it()
    {
        DemandOrder[] old = [Hour(48), Hour(48), Hour(48)];
        var before = PlanShift.Shift(Given.Facts(old), [], Given.Monday).Rows();
        var facts = Given.Facts([.. old, Hour(0)]) with { Plan = before };
        long Moved(ChangeSettings change) => Best(With(facts, change), PlanningPurpose.Improve).Measures.Instability;

        var asBefore = Moved(new ChangeSettings());
        asBefore.ShouldBePositive("the late order goes first");
        Moved(new ChangeSettings(StabilityWeight: 1000)).ShouldBe(0);
        Moved(new ChangeSettings(StabilityWeight: 1000, TardinessWeight: 10_000)).ShouldBe(asBefore);
    }

    [Fact]
    public void Settings_that_nobody_has_changed_ask_for_what_they_always_did()
    {
        var facts = ByTurns();
        PlanningModel.ObjectiveOf(facts, PlanningPurpose.Full).Levels.ShouldBe(
            Objective.Lexicographic(Criterion.WeightedTardiness, Criterion.SetupTime, Criterion.Makespan).Levels,
            Comparer);
        var planned = facts with { Plan = PlanShift.Shift(facts, [], Given.Monday).Rows() };
        PlanningModel.ObjectiveOf(planned, PlanningPurpose.Improve).Levels.ShouldBe(Objective.OfLevels(
            [new(Criterion.WeightedTardiness, 100), new(Criterion.Instability)], [new(Criterion.SetupTime)],
            [new(Criterion.Makespan)]).Levels, Comparer);
    }

    static readonly IEqualityComparer<System.Collections.Immutable.ImmutableArray<ObjectiveTerm>> Comparer =
        EqualityComparer<System.Collections.Immutable.ImmutableArray<ObjectiveTerm>>.Create(
            (one, other) => one.SequenceEqual(other));
}
