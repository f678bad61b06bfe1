using Mes.Scheduling.Engine;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests;

/// <summary>Tiny models against the exact optimum: the bound is never above it, the plan never below.</summary>
public sealed class ExactTests(ITestOutputHelper output)
{
    const Mix Exact = Mix.Alternatives | Mix.Overlaps | Mix.Calendars | Mix.Splitting | Mix.Setups | Mix.Resources
        | Mix.Dates | Mix.Breakdowns;

    [Theory]
    [InlineData(Mix.Plain)]
    [InlineData(Mix.Alternatives)]
    [InlineData(Mix.Overlaps)]
    [InlineData(Mix.Calendars)]
    [InlineData(Mix.Calendars | Mix.Splitting)]
    [InlineData(Mix.Setups)]
    [InlineData(Mix.Resources)]
    [InlineData(Mix.Dates)]
    [InlineData(Exact)]
    internal void Bound_optimum_and_plan_are_in_order(Mix mix)
    {
        var (checkedModels, optimal, tight) = (0, 0, 0);
        for (var seed = 0; seed < 120; seed++)
        {
            var model = RandomModel.Create(seed, mix, jobs: 3, equipment: 3);
            if (model.Jobs.Sum(job => job.Operations.Count) > 6) continue;
            Check(model with { Objective = Objective.WeightedTardiness }, TinySolver.WeightedTardiness, seed);
            var plan = Check(model with { Objective = Objective.Makespan }, TinySolver.Makespan, seed);
            checkedModels++;
            if (plan.Optimum == plan.Value) optimal++;
            if (plan.Optimum == plan.Bound) tight++;
        }
        output.WriteLine($"{mix}: {checkedModels} models, plan optimal in {optimal}, bound tight in {tight}");
        checkedModels.ShouldBeGreaterThan(15);
        optimal.ShouldBeGreaterThan(checkedModels / 3, "a list scheduler finds many tiny optima");
    }

    static (long Value, long Optimum, long Bound) Check(SchedulingModel model, Func<SchedulingModel, long> exact,
        int seed)
    {
        var plan = ListPlanner.Plan(model.Compile());
        var optimum = exact(model);
        plan.Bound.Levels[0].ShouldBeLessThanOrEqualTo(optimum, $"seed {seed}");
        plan.Value.Levels[0].ShouldBeGreaterThanOrEqualTo(optimum, $"seed {seed}");
        return (plan.Value.Levels[0], optimum, plan.Bound.Levels[0]);
    }
}
