using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Listing;

public sealed class ListPlannerTests(ITestOutputHelper output)
{
    /// <summary>Each restriction alone, some pairs that bite each other, and everything at once.</summary>
    public static TheoryData<int> Mixes => [.. new[]
    {
        Mix.Plain, Mix.Alternatives, Mix.Overlaps, Mix.MaxLags, Mix.Calendars, Mix.Splitting, Mix.Setups, Mix.Resources,
        Mix.Dates, Mix.Running, Mix.Locks, Mix.Frozen, Mix.Breakdowns, Mix.Calendars | Mix.Splitting | Mix.Resources,
        Mix.Overlaps | Mix.Calendars | Mix.Splitting, Mix.Setups | Mix.Calendars, Mix.Locks | Mix.Setups,
        Mix.MaxLags | Mix.Overlaps | Mix.Alternatives, Mix.All & ~(Mix.Locks | Mix.Frozen), Mix.All,
    }.Select(mix => (int)mix)];

    [Theory]
    [MemberData(nameof(Mixes))]
    public void Every_plan_of_a_random_model_is_verified(int mix)
    {
        const int seeds = 150;
        var refused = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            if (TryPlan(seed, (Mix)mix) is not var (model, plan)) { refused++; continue; }
            PlanVerifier.Verify(model, plan).ShouldBeEmpty($"seed {seed}, {(Mix)mix}");
            plan.Value.ShouldBeGreaterThanOrEqualTo(plan.Bound, $"seed {seed}");
            plan.Gap.ShouldBeInRange(0, 1);
        }
        output.WriteLine($"{(Mix)mix}: {seeds} models, {refused} refused");
        refused.ShouldBeLessThan(Pins((Mix)mix) ? seeds / 4 : 1, "a plan exists by construction");
    }

    [Fact]
    public void The_same_model_gives_the_same_plan()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var model = RandomModel.Create(seed, Mix.All & ~(Mix.Locks | Mix.Running));
            var first = ListPlanner.Plan(model.Compile());
            ListPlanner.Plan(model.Compile()).Operations.ShouldBe(first.Operations);
        }
    }

    [Fact]
    public void The_best_rule_wins()
    {
        var random = RandomModel.Create(7, Mix.Dates | Mix.Setups, jobs: 30);
        var model = random with { Objective = Objective.WeightedTardiness };
        var compiled = model.Compile();
        var values = Enum.GetValues<DispatchRule>().Select(rule => ListPlanner.Plan(compiled, rule).Value).ToArray();
        ListPlanner.Plan(compiled).Value.ShouldBe(values.Min());
        values.Distinct().Count().ShouldBeGreaterThan(1, "the rules differ");
    }

    [Fact]
    public void A_cancelled_planning_without_a_plan_says_so() => Should.Throw<OperationCanceledException>(() =>
        ListPlanner.Plan(RandomModel.Create(1, Mix.Plain).Compile(), new CancellationToken(canceled: true)));

    static (SchedulingModel Model, Plan Plan)? TryPlan(int seed, Mix mix)
    {
        try
        {
            var model = RandomModel.Create(seed, mix);
            return (model, ListPlanner.Plan(model.Compile()));
        }
        catch (ModelRefusedException refused) when (Pins(mix))
        {
            // a heuristic may miss the plan around the pins, or the facts contradict them: both must be told as such
            refused.Refusals.ShouldNotBeEmpty();
            return null;
        }
    }

    /// <summary>True if a plan may be hard to find although it exists, or facts were invented that exclude
    /// one.</summary>
    static bool Pins(Mix mix) => (mix & (Mix.Locks | Mix.Frozen | Mix.MaxLags)) != 0;
}
