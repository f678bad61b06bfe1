using Mes.Kernel;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Search;

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

    [Theory]
    [InlineData(Mix.Plain)]
    [InlineData(Mix.Alternatives | Mix.Setups)]
    [InlineData(Mix.Overlaps | Mix.Dates)]
    [InlineData(Mix.Calendars | Mix.Splitting | Mix.Dates)]
    [InlineData(Mix.Resources | Mix.Alternatives)]
    [InlineData(Exact)]
    internal void The_search_mostly_finds_the_optimum_of_every_objective(Mix mix)
    {
        foreach (var (name, objective, scale) in Objectives)
        {
            var (models, optimal) = (0, 0);
            for (var seed = 200; seed < 250; seed++)
            {
                var model = RandomModel.Create(seed, mix, jobs: 3, equipment: 3) with { Objective = objective };
                if (model.Jobs.Sum(job => job.Operations.Count) > 6) continue;
                var plan = Optimizer.Solve(model.Compile(),
                    new SearchOptions(TimeSpan.FromMinutes(1)) { IterationsMax = 1_500 });
                PlanVerifier.Verify(model, plan).ShouldBeEmpty($"seed {seed}");
                var optimum = TinySolver.Weighted(model, scale);
                Scaled(plan.Measures).ShouldBeGreaterThanOrEqualTo(optimum, $"{name}, seed {seed}");
                Scaled(plan.BoundMeasures).ShouldBeLessThanOrEqualTo(optimum, $"{name}, seed {seed}");
                models++;
                if (Scaled(plan.Measures) == optimum) optimal++;
            }
            output.WriteLine($"{mix}, {name}: {optimal} of {models} optimal");
            models.ShouldBeGreaterThan(6);
            (10 * optimal).ShouldBeGreaterThanOrEqualTo(9 * models);

            long Scaled(PlanMeasures measures) => scale.Tardiness * measures.WeightedTardiness
                + scale.Makespan * measures.Makespan + scale.Setup * measures.SetupTime;
        }
    }

    [Theory]
    [InlineData(Mix.TightLags | Mix.Overlaps | Mix.Alternatives)]
    [InlineData(Mix.Baseline | Mix.Alternatives)]
    [InlineData(Mix.Baseline | Mix.Dates | Mix.TightLags | Mix.Setups)]
    [InlineData(Mix.Running | Mix.Locks | Mix.Frozen | Mix.Resources)]
    [InlineData(Mix.All | Mix.TightLags)]
    internal void No_plan_is_better_than_what_the_search_finds(Mix mix)
    {
        var (models, optimal) = (0, 0);
        for (var seed = 0; models < 40; seed++)
        {
            var model = RandomModel.Create(seed, mix, jobs: 2, equipment: 2);
            if (model.Jobs.Sum(job => job.Operations.Count) > 3) continue;
            if (Solve(model) is not { } plan)
            {
                ExhaustiveSolver.Better(model, [long.MaxValue], Horizon).ShouldBeNull($"seed {seed} has a plan");
                continue;
            }
            PlanVerifier.Verify(model, plan).ShouldBeEmpty($"seed {seed}");
            var better = ExhaustiveSolver.Better(model, [.. plan.Value.Levels], Horizon);
            if (better is not null) output.WriteLine($"seed {seed}: {plan.Value} instead of {string.Join(", ", better)}");
            plan.Bound.Levels.AsSpan().SequenceCompareTo(better ?? [.. plan.Value.Levels]).ShouldBeLessThanOrEqualTo(0);
            models++;
            if (better is null) optimal++;
        }
        output.WriteLine($"{mix}: {optimal} of {models} optimal");
        (10 * optimal).ShouldBeGreaterThanOrEqualTo(9 * models);
    }

    const int Horizon = 150;

    /// <summary>The plan, or null if there is said to be none.</summary>
    static Plan? Solve(SchedulingModel model)
    {
        try
        {
            return Optimizer.Solve(model.Compile(),
                new SearchOptions(TimeSpan.FromMinutes(1)) { IterationsMax = 3_000 });
        }
        catch (ModelRefusedException)
        {
            return null;
        }
    }

    const long Level = 1_000_000; // more than any figure of a tiny model, so that a sum orders lexicographically

    static (string Name, Objective Objective, (long Tardiness, long Makespan, long Setup) Scale)[] Objectives { get; } =
    [
        ("makespan", Objective.Makespan, (0, 1, 0)),
        ("tardiness", Objective.WeightedTardiness, (1, 0, 0)),
        ("weighted", Objective.Weighted(new(Criterion.WeightedTardiness, 3), new(Criterion.SetupTime)), (3, 0, 1)),
        ("lexicographic", Objective.Lexicographic(Criterion.Makespan, Criterion.SetupTime), (0, Level, 1)),
    ];

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
