using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Search;

/// <summary>Ruin and recreate: what is taken back leaves no trace, no trial allocates, real shops get better
/// soon.</summary>
public sealed class GeneralSearchTests(ITestOutputHelper output)
{
    [Fact]
    public void What_is_taken_back_leaves_no_trace()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            if (Scene.Create(seed, Mix.All) is not { } scene) continue;
            var (model, random) = (scene.Model.Compile(), new Random(seed));
            var (table, solution) = (new Timetable(model), Solution.From(model, scene.Plan.Operations));
            table.Load(solution);
            var (before, setup) = (table.ToSolution().Copy(), table.TotalSetup);
            table.Record();
            for (var i = 0; i < 5; i++)
            {
                var x = random.Next(model.OperationCount);
                if (!model.IsFixed(x) && table.IsPlaced(x)) table.Remove(x);
            }
            table.UndoTo(0);
            foreach (var (was, now) in Arrays(before).Zip(Arrays(table.ToSolution())))
                now.ShouldBe(was, $"seed {seed}");
            table.TotalSetup.ShouldBe(setup);
            setup.ShouldBe(scene.Plan.Measures.SetupTime, $"seed {seed}");
        }
    }

    [Fact]
    public void The_running_score_is_that_of_the_plan()
    {
        var improved = 0;
        for (var seed = 0; seed < 30; seed++)
        {
            if (Scene.Create(seed, Mix.All) is not { } scene) continue;
            var compiled = scene.Model.Compile();
            var plan = Optimizer.Solve(compiled, Iterations(1_000));
            PlanVerifier.Verify(scene.Model, plan).ShouldBeEmpty($"seed {seed}");
            if (plan.Value < scene.Plan.Value) improved++;
            var table = new Timetable(compiled);
            table.Load(Solution.From(compiled, plan.Operations));
            var score = new Score(compiled, table);
            score.Reset();
            var levels = new long[score.LevelCount];
            score.Write(levels);
            levels.ShouldBe(plan.Value.Levels.ToArray(), $"seed {seed}");
        }
        improved.ShouldBeGreaterThan(8);
    }

    [Fact]
    public void No_trial_allocates()
    {
        var model = LargeModel.Create(300, LargeModel.Kind.Everything).Compile();
        var first = ListPlanner.Solve(model, [DispatchRule.Atcs], CancellationToken.None).Solution.Copy();
        var search = new GeneralSearch(model, first, seed: 1);
        Run(4_000); // buffers grow to their size
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(10_000);
        var perTrial = (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000.0;
        output.WriteLine($"{perTrial} bytes per trial");
        perTrial.ShouldBeLessThan(4, "buffers of resources may still grow, and an offered plan is an object");

        void Run(int iterations) => search.Run(new SearchStop(Iterations(iterations), 0, CancellationToken.None),
            new ObjectiveValue([-1, -1]), _ => { }, () => first);
    }

    [Fact]
    public void A_thousand_operations_with_everything_get_much_better_soon()
    {
        var model = LargeModel.Create(1_000, LargeModel.Kind.Everything);
        var compiled = model.Compile();
        var first = ListPlanner.Plan(compiled);
        var plan = Optimizer.Solve(compiled, Iterations(10_000));
        output.WriteLine($"{first.Value} -> {plan.Value}");
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        ((double)plan.Value.Levels[0]).ShouldBeLessThan(0.9 * first.Value.Levels[0]);
    }

    static SearchOptions Iterations(int count) => new(TimeSpan.FromMinutes(5)) { IterationsMax = count };

    static int[][] Arrays(Solution solution) =>
        [solution.Alternative, solution.SetupStart, solution.Start, solution.End, solution.Previous];
}
