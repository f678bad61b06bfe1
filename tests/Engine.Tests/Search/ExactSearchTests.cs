using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Search;

/// <summary>Small models are proved optimal and end, also where the bound lies below the optimum.</summary>
public sealed class ExactSearchTests
{
    [Fact]
    public void Two_jobs_whose_setup_no_bound_knows_end_at_once()
    {
        var matrix = new SetupMatrix(["steel", "brass"], [[0, 600], [900, 0]]);
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("M1") { Setup = matrix, InitialFamily = "steel" }],
            Jobs = [Job("A", "steel"), Job("B", "brass")],
            Objective = Objective.Lexicographic(
                Criterion.WeightedTardiness, Criterion.SetupTime, Criterion.Makespan),
        };
        var plan = Solve(model);
        plan.Value.Levels.ShouldBe([0, 600, 2_600]);
        (plan.Bound, plan.Gap).ShouldBe((plan.Value, 0));

        static Job Job(string id, string family) =>
            new(id, [new Operation(id, [new Alternative("M1", 1_000)]) { SetupFamily = family }]);
    }

    [Theory]
    [InlineData(Mix.Plain)]
    [InlineData(Mix.Alternatives | Mix.Setups)]
    [InlineData(Mix.Overlaps | Mix.Dates)]
    [InlineData(Mix.Calendars | Mix.Splitting | Mix.Dates)]
    [InlineData(Mix.Resources | Mix.Alternatives)]
    [InlineData(Mix.Breakdowns | Mix.Alternatives | Mix.Overlaps)]
    internal void What_is_said_to_be_optimal_is(Mix mix)
    {
        const int Level = 1_000_000;
        var (models, proved) = (0, 0);
        for (var seed = 400; seed < 480; seed++)
        {
            var model = RandomModel.Create(seed, mix, jobs: 3, equipment: 3) with
            {
                Objective = Objective.Lexicographic(Criterion.WeightedTardiness, Criterion.Makespan),
            };
            if (model.Jobs.Sum(job => job.Operations.Count) > 6) continue;
            var plan = Optimizer.Solve(model.Compile(),
                new SearchOptions(TimeSpan.FromMinutes(1)) { IterationsMax = 1_500 });
            PlanVerifier.Verify(model, plan).ShouldBeEmpty($"seed {seed}");
            models++;
            if (plan.Bound != plan.Value) continue;
            var value = (Level * plan.Measures.WeightedTardiness) + plan.Measures.Makespan;
            value.ShouldBe(TinySolver.Weighted(model, (Level, 1, 0)), $"seed {seed}");
            proved++;
        }
        models.ShouldBeGreaterThan(10);
        (4 * proved).ShouldBeGreaterThanOrEqualTo(3 * models);
    }

    [Fact]
    public void A_small_job_shop_is_proved_too()
    {
        var model = RandomModel.Create(7, Mix.Plain, jobs: 4, equipment: 3);
        var plan = Solve(model);
        plan.Bound.ShouldBe(plan.Value);
    }

    /// <summary>If it did not end by itself, it would take the whole of its time.</summary>
    static Plan Solve(SchedulingModel model)
    {
        var limit = TimeSpan.FromMinutes(5);
        var began = TimeProvider.System.GetTimestamp();
        var plan = Optimizer.Solve(model.Compile(), new SearchOptions(limit));
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(limit / 2);
        return plan;
    }
}
