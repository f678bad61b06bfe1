using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Plans;

/// <summary>The bound of tardiness by prices for time, against exact optima of tiny models and plans of others.</summary>
public sealed class TardinessBoundTests(ITestOutputHelper output)
{
    const int Rounds = 60;

    [Theory]
    [InlineData(Mix.Plain)]
    [InlineData(Mix.Alternatives)]
    [InlineData(Mix.Setups | Mix.Dates)]
    [InlineData(Mix.Overlaps)]
    [InlineData(Mix.Calendars | Mix.Splitting)]
    [InlineData(Mix.Calendars | Mix.Alternatives | Mix.Dates)]
    [InlineData(Mix.Resources | Mix.Breakdowns | Mix.Splitting)]
    internal void It_is_never_above_the_optimum_however_time_is_cut(Mix mix)
    {
        var (models, raised, met) = (0, 0, 0);
        for (var seed = 600; seed < 720; seed++)
        {
            var model = MuchIsLate(RandomModel.Create(seed, mix, jobs: 3, equipment: 2));
            if (model.Jobs.Sum(job => job.Operations.Count) > 6) continue;
            var (compiled, optimum) = (model.Compile(), TinySolver.WeightedTardiness(model));
            var plan = ListPlanner.Plan(compiled);
            foreach (var slices in new[] { 2_048, 7, 1 })
            {
                var bound = Bound(compiled, plan, slices);
                bound.ShouldBeLessThanOrEqualTo(optimum, $"seed {seed}, {slices} slices");
                if (slices < 2_048) continue;
                if (bound > plan.BoundMeasures.WeightedTardiness) raised++;
                if (bound == optimum) met++;
            }
            models++;
        }
        output.WriteLine($"{mix}: {models} models, above the heads in {raised}, at the optimum in {met}");
        (models, raised).ShouldSatisfyAllConditions(
            counts => counts.models.ShouldBeGreaterThan(10), counts => counts.raised.ShouldBeGreaterThan(0));
    }

    [Theory]
    [InlineData(Mix.All & ~Mix.MaxLags)]
    [InlineData(Mix.Running | Mix.Locks | Mix.Frozen | Mix.Baseline)]
    [InlineData(Mix.MaxLags | Mix.Overlaps | Mix.Running | Mix.Alternatives)]
    internal void It_is_never_above_a_plan(Mix mix)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var model = MuchIsLate(RandomModel.Create(seed, mix, jobs: 5, equipment: 3));
            var compiled = model.Compile();
            var plan = Optimizer.Solve(compiled, new SearchOptions(TimeSpan.FromMinutes(5)) { IterationsMax = 2_000 });
            PlanVerifier.Verify(model, plan).ShouldBeEmpty($"seed {seed}");
            foreach (var slices in new[] { 2_048, 12 })
                new TardinessBound(compiled, (int)plan.Measures.Makespan, slices)
                    .Compute(2 * plan.Measures.WeightedTardiness, Rounds, () => false)
                    .ShouldBeLessThanOrEqualTo(plan.Measures.WeightedTardiness, $"seed {seed}, {slices} slices");
        }
    }

    /// <summary>Each job alone could be in time, so heads say nothing; in sequence, most are late.</summary>
    [Fact]
    public void Where_many_wait_for_one_equipment_it_is_nearly_the_optimum()
    {
        var jobs = Enumerable.Range(1, 30).Select(i => new Job($"J{i}", [new Operation($"O{i}", [new Alternative("M", 10 * i)])])
        {
            DueSeconds = 300,
        });
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("M")],
            Jobs = [.. jobs],
            Objective = Objective.WeightedTardiness,
        };
        var plan = Optimizer.Solve(model.Compile(), new SearchOptions(TimeSpan.FromMinutes(5)) { IterationsMax = 20_000 });
        LowerBound.Compute(model.Compile()).WeightedTardiness.ShouldBe(0);
        output.WriteLine($"plan {plan.Value}, bound {plan.Bound}");
        plan.Gap.ShouldBeLessThan(0.05);
        plan.Bound.ShouldBeLessThanOrEqualTo(plan.Value);
    }

    static SchedulingModel MuchIsLate(SchedulingModel model) => model with
    {
        Jobs = [.. model.Jobs.Select((job, index) => job with
        {
            DueSeconds = job.ReleaseSeconds + job.Operations.Sum(item => item.Alternatives.Min(a => a.DurationSeconds)),
            Weight = 1 + index % 3,
        })],
        Objective = Objective.WeightedTardiness,
    };

    static long Bound(CompiledModel model, Plan plan, int slices) =>
        new TardinessBound(model, (int)plan.Measures.Makespan, slices)
            .Compute(plan.Measures.WeightedTardiness, Rounds, () => false);
}
