using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Plans;

/// <summary>Bounds against exact optima of tiny models.</summary>
public sealed class LowerBoundTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Mix.Plain)]
    [InlineData(Mix.Alternatives)]
    [InlineData(Mix.Setups | Mix.Dates)]
    [InlineData(Mix.Calendars | Mix.Splitting)]
    [InlineData(Mix.Resources | Mix.Breakdowns)]
    internal void No_bound_lies_above_the_optimum_and_a_bound_of_one_more_would_be_found_out(Mix mix)
    {
        var (models, tight) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var model = RandomModel.Create(seed, mix, jobs: 3, equipment: 3) with { Objective = Objective.Makespan };
            if (model.Jobs.Sum(job => job.Operations.Count) > 6) continue;
            var (bound, optimum) = (LowerBound.Compute(model.Compile()).Makespan, TinySolver.Makespan(model));
            bound.ShouldBeLessThanOrEqualTo(optimum, $"seed {seed}");
            models++;
            if (bound + 1 > optimum) tight++; // what the assertion above would say to a bound that is one too high
        }
        output.WriteLine($"{mix}: {models} models, bound met in {tight}");
        tight.ShouldBeGreaterThan(0);
    }
}
