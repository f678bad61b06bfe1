using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Search;

/// <summary>List passes from both ends: every pass a plan, the alternation towards the bound.</summary>
public sealed class ForwardBackwardTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, 0.0)]
    [InlineData(false, 0.7)]
    [InlineData(true, 0.0)]
    [InlineData(true, 0.7)]
    public void A_pass_in_either_direction_is_a_plan_of_its_makespan(bool isBackward, double patience)
    {
        var tight = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var (shop, random) = (CreateShop(seed), new Random(seed));
            var pass = new ListPass(new DirectedShop(shop, isBackward));
            var keys = Enumerable.Range(0, shop.Count).Select(_ => random.NextDouble()).ToArray();
            var makespan = pass.Run(keys, patience);
            var order = (int[])pass.Order.Clone();
            if (isBackward) Array.Reverse(order);
            var state = new ShopState(shop);
            state.Build(order, shop.Model.AlternativeOffset);
            PlanVerifier.Verify(shop.Model.Source, PlanOf(shop, state)).ShouldBeEmpty($"seed {seed}");
            makespan.ShouldBeGreaterThanOrEqualTo(state.Makespan, $"seed {seed}");
            if (makespan == state.Makespan) tight++;
        }
        tight.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void With_many_jobs_per_machine_a_few_passes_reach_the_bound()
    {
        var model = LargeModel.Create(3_000, LargeModel.Kind.JobShop).Compile();
        var shop = DisjunctiveShop.TryCreate(model)!;
        var stop = new SearchStop(new SearchOptions(TimeSpan.FromMinutes(2)), target: 0, CancellationToken.None);
        var state = new ShopState(shop);
        state.Build(ForwardBackward.TryCreate(shop, new Random(1))!.Create(0, stop), model.AlternativeOffset);
        var rule = ListPlanner.Plan(model, DispatchRule.MostWorkRemaining);
        output.WriteLine($"rule {rule.Value}, forward–backward {state.Makespan} in {stop.Iterations} passes, "
            + $"bound {rule.Bound}");
        ((long)state.Makespan).ShouldBeInRange(rule.Bound.Levels[0], rule.Value.Levels[0] - 1);
    }

    [Fact]
    public void Setups_alternatives_and_due_dates_are_left_to_others()
    {
        foreach (var mix in (Mix[])[Mix.Setups, Mix.Alternatives])
        {
            var model = RandomModel.Create(3, mix) with { Precedences = [], Objective = Objective.Makespan };
            ForwardBackward.TryCreate(DisjunctiveShop.TryCreate(model.Compile())!, new Random(1)).ShouldBeNull();
        }
    }

    static DisjunctiveShop CreateShop(int seed)
    {
        var model = RandomModel.Create(seed, Mix.Dates, jobs: 8, equipment: 3);
        var inJobs = model.Precedences.Where(arc => arc.From.Split('.')[0] == arc.To.Split('.')[0]);
        return DisjunctiveShop.TryCreate((model with
        {
            Precedences = [.. inJobs],
            Objective = Objective.Makespan,
        }).Compile())!;
    }

    static Plan PlanOf(DisjunctiveShop shop, ShopState state) => PlanAssembly.Assemble(
        shop.Model, state.ToSolution(), LowerBound.Compute(shop.Model), "list pass");
}
