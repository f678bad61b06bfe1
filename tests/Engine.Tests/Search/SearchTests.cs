using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Search;

/// <summary>The search: its state against a rebuilt one, its estimates against the truth, its plans against exact
/// optima and known ones.</summary>
public sealed class SearchTests(ITestOutputHelper output)
{
    const Mix Shop = Mix.Alternatives | Mix.Setups;

    [Theory]
    [InlineData(Mix.Plain)]
    [InlineData(Mix.Setups)]
    [InlineData(Shop)]
    internal void After_every_move_the_state_is_that_of_a_rebuilt_one(Mix mix)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var (shop, state, random) = (CreateShop(seed, mix), default(ShopState)!, new Random(seed));
            new StartSolutions(shop, random).Create(100, state = new ShopState(shop));
            for (var i = 0; i < 200; i++)
            {
                var isDone = TryRandomMove(shop, state, random);
                var rebuilt = new ShopState(shop);
                rebuilt.Build(state.Order, state.Alternative);
                rebuilt.Makespan.ShouldBe(state.Makespan, $"seed {seed}, move {i}, {isDone}");
                rebuilt.Head.ShouldBe(state.Head);
                rebuilt.Tail.ShouldBe(state.Tail);
                rebuilt.End.ShouldBe(state.End);
                rebuilt.Rest.ShouldBe(state.Rest);
                rebuilt.Before.ShouldBe(state.Before);
                rebuilt.First.ShouldBe(state.First);
            }
        }
    }

    [Fact]
    public void A_block_move_is_possible_and_its_estimate_mostly_exact()
    {
        var (seen, exact) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var (shop, random) = (CreateShop(seed, Mix.Plain), new Random(seed));
            var state = new ShopState(shop);
            new StartSolutions(shop, random).Create(100, state);
            var moves = new Collected([]);
            new BlockMoves(shop, state, new CriticalPath(shop, state, new FastRandom(seed))).Collect(ref moves);
            foreach (var move in moves.Moves)
            {
                var after = new ShopState(shop);
                after.CopyFrom(state);
                after.TryMove(move.Operation, move.Alternative, move.Behind).ShouldBeTrue($"seed {seed}: {move}");
                seen++;
                if (after.Makespan == move.Value) exact++;
            }
        }
        output.WriteLine($"{seen} moves, estimate exact in {exact}");
        exact.ShouldBeGreaterThan(seen / 2);
    }

    [Theory]
    [InlineData(Mix.Plain)]
    [InlineData(Mix.Alternatives)]
    [InlineData(Mix.Setups)]
    [InlineData(Shop)]
    internal void Tiny_shops_are_solved_to_the_optimum(Mix mix)
    {
        var (models, optimal) = (0, 0);
        for (var seed = 0; seed < 80; seed++)
        {
            var model = RandomModel.Create(seed, mix, jobs: 3, equipment: 3) with { Objective = Objective.Makespan };
            if (model.Jobs.Sum(job => job.Operations.Count) > 6 || HasAssembly(model)) continue;
            var plan = Optimizer.Solve(model.Compile(), Iterations(20_000));
            PlanVerifier.Verify(model, plan).ShouldBeEmpty($"seed {seed}");
            var optimum = TinySolver.Makespan(model);
            plan.Value.Levels[0].ShouldBeGreaterThanOrEqualTo(optimum);
            models++;
            if (plan.Value.Levels[0] == optimum) optimal++;
        }
        output.WriteLine($"{mix}: {optimal} of {models} optimal");
        optimal.ShouldBe(models);
    }

    [Theory]
    [InlineData(Mix.Dates)]
    [InlineData(Mix.Dates | Shop)]
    internal void Tiny_shops_are_as_punctual_as_can_be(Mix mix)
    {
        var (models, late) = (0, 0);
        for (var seed = 0; seed < 80; seed++)
        {
            var random = RandomModel.Create(seed, mix, jobs: 3, equipment: 3);
            var model = random with { Objective = Objective.WeightedTardiness };
            if (model.Jobs.Sum(job => job.Operations.Count) > 6 || HasAssembly(model)) continue;
            var plan = Optimizer.Solve(model.Compile(), Iterations(5_000));
            PlanVerifier.Verify(model, plan).ShouldBeEmpty($"seed {seed}");
            plan.Value.Levels[0].ShouldBe(TinySolver.WeightedTardiness(model), $"seed {seed}");
            models++;
            if (plan.Value.Levels[0] > 0) late++;
        }
        output.WriteLine($"{mix}: {models} optimal, {late} of them late");
        late.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(Mix.Calendars | Mix.Splitting | Mix.Setups | Mix.Resources | Mix.Dates | Mix.Alternatives)]
    [InlineData(Mix.All & ~(Mix.Running | Mix.Locks))]
    [InlineData(Mix.All)]
    internal void Any_model_is_improved_and_stays_feasible(Mix mix)
    {
        var (better, models) = (0, 0);
        for (var seed = 0; seed < 25; seed++)
        {
            if (Scene.Create(seed, mix) is not { } scene) continue;
            var plan = Optimizer.Solve(scene.Model.Compile(), Iterations(400));
            PlanVerifier.Verify(scene.Model, plan).ShouldBeEmpty($"seed {seed}");
            plan.Value.ShouldBeLessThanOrEqualTo(scene.Plan.Value, $"seed {seed}");
            plan.Value.ShouldBeGreaterThanOrEqualTo(plan.Bound, $"seed {seed}");
            models++;
            if (plan.Value < scene.Plan.Value) better++;
        }
        output.WriteLine($"{mix}: {better} of {models} improved");
        better.ShouldBeGreaterThan(models / 3);
    }

    [Theory]
    [InlineData(Mix.Calendars | Mix.Splitting)]
    [InlineData(Mix.Resources | Mix.Alternatives)]
    internal void Tiny_models_of_any_kind_are_solved_to_the_optimum(Mix mix)
    {
        var (models, optimal) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var model = RandomModel.Create(seed, mix, jobs: 3, equipment: 3) with { Objective = Objective.Makespan };
            if (model.Jobs.Sum(job => job.Operations.Count) > 6) continue;
            var plan = Optimizer.Solve(model.Compile(), Iterations(1_000));
            var optimum = TinySolver.Makespan(model);
            plan.Value.Levels[0].ShouldBeGreaterThanOrEqualTo(optimum);
            models++;
            if (plan.Value.Levels[0] == optimum) optimal++;
        }
        output.WriteLine($"{mix}: {optimal} of {models} optimal");
        optimal.ShouldBeGreaterThanOrEqualTo(models * 9 / 10);
    }

    [Fact]
    public void The_same_seed_gives_the_same_plan()
    {
        var model = RandomModel.Create(5, Shop, jobs: 20) with { Objective = Objective.Makespan };
        var plans = Enumerable.Range(0, 2).Select(_ => Optimizer.Solve(model.Compile(), Iterations(30_000))).ToArray();
        plans[1].Operations.ShouldBe(plans[0].Operations);
    }

    [Fact]
    public void A_search_allocates_next_to_nothing_per_move()
    {
        var model = BenchmarkData.JobShop("jsp/ta/ta01.txt");
        var shop = DisjunctiveShop.TryCreate(model.Compile())!;
        var best = new ShopState(shop);
        new StartSolutions(shop, new Random(1)).Create(100, best);
        var search = new TabuSearch(shop, new FastRandom(1));
        var stop = new SearchStop(Iterations(long.MaxValue), target: 0, CancellationToken.None);
        search.Run(best, 1_000, stop);
        var (bytes, moves) = (GC.GetAllocatedBytesForCurrentThread(), search.Iterations);
        search.Run(best, 5_000, stop);
        var perMove = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)(search.Iterations - moves);
        output.WriteLine($"{perMove:F3} bytes per move over {search.Iterations - moves} moves");
        perMove.ShouldBeLessThan(0.1);
    }

    [Fact]
    public void Progress_falls_and_cancelling_keeps_the_best()
    {
        var model = BenchmarkData.JobShop("jsp/ta/ta41.txt");
        using var cancel = new CancellationTokenSource();
        var values = new List<ObjectiveValue>();
        var plan = Optimizer.Solve(model.Compile(), new SearchOptions(TimeSpan.FromMinutes(1)), progress =>
        {
            values.Add(progress.Value);
            if (values.Count == 4) cancel.Cancel();
        }, cancel.Token);
        values.ShouldBe(values.OrderDescending());
        plan.Value.ShouldBeLessThanOrEqualTo(values[3]);
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
    }

    [Fact]
    public void Two_workers_share_their_elites()
    {
        var model = BenchmarkData.JobShop("jsp/la/la16.txt");
        var plan = Optimizer.Solve(model.Compile(), Iterations(300_000) with { Workers = 2 });
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        plan.Value.Levels[0].ShouldBeLessThan(1000, "945 is optimal, list scheduling gives far more");
    }

    [Theory]
    [InlineData("jsp/ft/ft06.txt", 0.0)]
    [InlineData("jsp/ft/ft10.txt", 0.02)]
    [InlineData("jsp/la/la01.txt", 0.0)]
    [InlineData("jsp/la/la19.txt", 0.02)]
    [InlineData("jsp/ta/ta01.txt", 0.03)]
    public void A_short_search_comes_near_the_best_known(string file, double worstGap) =>
        CheckGap(BenchmarkData.JobShop(file), BenchmarkData.BestKnown("bks-jsp.csv"), file, worstGap);

    [Theory]
    [InlineData("fjsp/brandimarte/mk01.txt", 0.03)]
    [InlineData("fjsp/brandimarte/mk04.txt", 0.06)]
    [InlineData("fjsp/brandimarte/mk08.txt", 0.0)]
    public void A_short_flexible_search_comes_near_the_best_known(string file, double worstGap) =>
        CheckGap(BenchmarkData.FlexibleJobShop(file), BenchmarkData.BestKnown("bks-fjsp.csv"), file, worstGap);

    void CheckGap(SchedulingModel model, Dictionary<string, int> best, string file, double worstGap)
    {
        var plan = Optimizer.Solve(model.Compile(), Iterations(100_000));
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        var known = best[Path.GetFileNameWithoutExtension(file)];
        output.WriteLine($"{file}: {plan.Value} against {known}, bound {plan.Bound}");
        plan.Value.Levels[0].ShouldBeInRange(known, (long)(known * (1 + worstGap)));
        plan.Bound.Levels[0].ShouldBeLessThanOrEqualTo(known);
    }

    internal static SearchOptions Iterations(long count) => new(TimeSpan.FromMinutes(2)) { IterationsMax = count };

    static bool HasAssembly(SchedulingModel model) => model.Precedences
        .Any(arc => arc.From.Split('.')[0] != arc.To.Split('.')[0]);

    internal static DisjunctiveShop CreateShop(int seed, Mix mix)
    {
        var model = RandomModel.Create(seed, mix, jobs: 8, equipment: 3);
        var inJobs = model.Precedences.Where(arc => arc.From.Split('.')[0] == arc.To.Split('.')[0]);
        return DisjunctiveShop.TryCreate((model with
        {
            Precedences = [.. inJobs],
            Objective = Objective.Makespan,
            Jobs = [.. model.Jobs.Select(job => job with { Operations = [.. job.Operations.Select(WithLength)] })],
        }).Compile())!;
    }

    /// <summary>What takes no time passes the neighbourhoods' tests for cycles; the state refuses it.</summary>
    static Operation WithLength(Operation operation) => operation with
    {
        Alternatives = [.. operation.Alternatives.Select(item => item with
        {
            DurationSeconds = Math.Max(1, item.DurationSeconds),
        })],
    };

    static bool TryRandomMove(DisjunctiveShop shop, ShopState state, Random random)
    {
        var operation = random.Next(shop.Count);
        var (first, end) = (shop.Model.AlternativeOffset[operation], shop.Model.AlternativeOffset[operation + 1]);
        var alternative = random.Next(first, end);
        var machine = shop.Model.AlternativeEquipment[alternative];
        var places = Enumerable.Range(0, shop.Count).Where(x => x != operation && state.Machine[x] == machine)
            .Append(shop.None).ToArray();
        var behind = places[random.Next(places.Length)];
        return behind != state.Before[operation] && state.TryMove(operation, alternative, behind);
    }

    internal readonly struct Collected(List<Move> moves) : IMoveReceiver
    {
        public List<Move> Moves { get; } = moves;

        public long Limit => long.MaxValue;

        public void Consider(in Move move, ReadOnlySpan<int> passed, bool isBehind) => Moves.Add(move);
    }
}
