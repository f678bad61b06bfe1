using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Search;

/// <summary>The search of flexible shops and of setups by the machine predecessor: what its moves promise, what they
/// cost, and how far a short run comes.</summary>
public sealed class FlexibleSearchTests(ITestOutputHelper output)
{
    const Mix Shop = Mix.Alternatives | Mix.Setups;

    [Theory]
    [InlineData(Mix.Plain)]
    [InlineData(Mix.Alternatives)]
    [InlineData(Shop)]
    internal void An_insertion_is_possible_and_its_value_mostly_no_less_than_the_way_through_it(Mix mix)
    {
        var (seen, above, exact) = (0, 0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var shop = SearchTests.CreateShop(seed, mix);
            var (state, moves) = CollectMoves(shop, seed);
            var after = new ShopState(shop);
            foreach (var move in moves)
            {
                after.CopyFrom(state);
                after.TryMove(move.Operation, move.Alternative, move.Behind).ShouldBeTrue($"seed {seed}: {move}");
                var through = after.Head[move.Operation] + after.Duration[move.Operation] + after.Tail[move.Operation];
                seen++;
                if (through < move.Value) above++;
                if (through == move.Value) exact++;
            }
        }
        output.WriteLine($"{mix}: {seen} moves, value exact in {exact}, above in {above}");
        seen.ShouldBeGreaterThan(1000);
        exact.ShouldBeGreaterThan(seen * 7 / 10);
        // a setup between the neighbours left behind can be longer than all that stood between
        if (mix != Shop) (exact + above).ShouldBe(seen);
    }

    [Theory]
    [InlineData(Mix.Alternatives)]
    [InlineData(Shop)]
    internal void On_each_alternative_the_best_place_is_given(Mix mix)
    {
        var (seen, best) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var shop = SearchTests.CreateShop(seed, mix);
            var (state, moves) = CollectMoves(shop, seed);
            foreach (var move in moves.Where(move => move.Alternative != state.Alternative[move.Operation]))
            {
                seen++;
                if (move.Value <= BestWayThrough(shop, state, move)) best++;
            }
        }
        output.WriteLine($"{mix}: best place in {best} of {seen}");
        best.ShouldBeGreaterThan(seen * 8 / 10);
    }

    [Theory]
    [InlineData("fjsp/brandimarte/mk10.txt", 0)]
    [InlineData("fjsp/hurink/rdata/la21.txt", 0)]
    [InlineData("fjsp/hurink/edata/la01.txt", 30)]
    public void A_search_allocates_next_to_nothing_per_move(string file, int setupMax)
    {
        var shop = DisjunctiveShop.TryCreate(WithSetups(file, setupMax).Compile())!;
        var best = new ShopState(shop);
        new StartSolutions(shop, new Random(1)).Create(100, best);
        var search = new TabuSearch(shop, new FastRandom(1));
        var stop = new SearchStop(SearchTests.Iterations(long.MaxValue), target: 0, CancellationToken.None);
        search.Run(best, 1_000, stop);
        var (bytes, moves) = (GC.GetAllocatedBytesForCurrentThread(), search.Iterations);
        search.Run(best, 5_000, stop);
        var perMove = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)(search.Iterations - moves);
        output.WriteLine($"{perMove:F3} bytes per move over {search.Iterations - moves} moves");
        perMove.ShouldBeLessThan(0.1);
    }

    [Theory]
    [InlineData("fjsp/hurink/edata/la01.txt", 0.88)]
    [InlineData("fjsp/hurink/rdata/la11.txt", 0.93)]
    [InlineData("fjsp/hurink/vdata/la16.txt", 0.82)]
    public void A_short_search_with_setups_is_far_better_than_list_scheduling(string file, double shareMax)
    {
        var model = WithSetups(file, 30);
        var compiled = model.Compile();
        var first = ListPlanner.Plan(compiled).Value.Levels[0];
        var plans = Enumerable.Range(0, 2)
            .Select(_ => Optimizer.Solve(compiled, SearchTests.Iterations(100_000))).ToArray();
        output.WriteLine($"{file}: {plans[0].Value} after {first}, bound {plans[0].Bound}");
        PlanVerifier.Verify(model, plans[0]).ShouldBeEmpty();
        plans[0].Value.Levels[0].ShouldBeLessThan((long)(shareMax * first));
        plans[1].Operations.ShouldBe(plans[0].Operations, "the same seed, the same plan");
    }

    /// <summary>Many short searches, soon recombined, are for large shops with many alternatives alone; also there the same
    /// seed gives the same plan.</summary>
    [Theory]
    [InlineData("fjsp/brandimarte/mk10.txt", 0, true)]
    [InlineData("fjsp/brandimarte/mk10.txt", 30, false)]
    [InlineData("fjsp/brandimarte/mk01.txt", 0, false)]
    [InlineData("fjsp/hurink/edata/la36.txt", 0, false)]
    [InlineData("fjsp/hurink/vdata/la36.txt", 0, true)]
    public void A_large_shop_with_many_alternatives_is_searched_in_short_runs(string file, int setupMax, bool isLarge)
    {
        var model = WithSetups(file, setupMax);
        var compiled = model.Compile();
        DisjunctiveShop.TryCreate(compiled)!.IsLargeFlexible.ShouldBe(isLarge);
        if (!isLarge) return;
        var plans = Enumerable.Range(0, 2)
            .Select(_ => Optimizer.Solve(compiled, SearchTests.Iterations(60_000))).ToArray();
        PlanVerifier.Verify(model, plans[0]).ShouldBeEmpty();
        plans[1].Operations.ShouldBe(plans[0].Operations, "the same seed, the same plan");
    }

    /// <summary>An instance with setups by pairs of jobs, drawn from 5 to this many seconds per machine and shortened
    /// until no detour over a third job is shorter, as in the SDST-HUdata set (Oddi et al. 2011).</summary>
    internal static SchedulingModel WithSetups(string file, int setupMax)
    {
        var model = BenchmarkData.FlexibleJobShop(file) with { Objective = Objective.Makespan };
        if (setupMax == 0) return model;
        var random = new Random(model.Jobs.Count);
        return model with
        {
            Equipment = [.. model.Equipment.Select(item => item with { Setup = Matrix(model.Jobs, setupMax, random) })],
            Jobs = [.. model.Jobs.Select(job => job with
            {
                Operations = [.. job.Operations.Select(item => item with { SetupFamily = job.Id })],
            })],
        };
    }

    static SetupMatrix Matrix(IReadOnlyList<Job> jobs, int max, Random random)
    {
        var seconds = new int[jobs.Count][];
        for (var from = 0; from < jobs.Count; from++)
            seconds[from] = [.. jobs.Select((_, to) => to == from ? 0 : random.Next(5, max + 1))];
        for (var over = 0; over < jobs.Count; over++)
            foreach (var row in seconds)
                for (var to = 0; to < row.Length; to++) row[to] = Math.Min(row[to], row[over] + seconds[over][to]);
        return new SetupMatrix([.. jobs.Select(job => job.Id)], seconds);
    }

    static (ShopState State, List<Move> Moves) CollectMoves(DisjunctiveShop shop, int seed)
    {
        var (state, random, moves) = (new ShopState(shop), new Random(seed), new SearchTests.Collected([]));
        new StartSolutions(shop, random).Create(100, state);
        new InsertionMoves(shop, state, new CriticalPath(shop, state, new FastRandom(seed))).Collect(ref moves);
        return (state, moves.Moves);
    }

    /// <summary>The shortest longest way through the operation, over all places of the alternative.</summary>
    static int BestWayThrough(DisjunctiveShop shop, ShopState state, Move move)
    {
        var (best, after) = (int.MaxValue, new ShopState(shop));
        var machine = shop.Model.AlternativeEquipment[move.Alternative];
        var places = Enumerable.Range(0, shop.Count).Where(x => state.Machine[x] == machine).Append(shop.None);
        foreach (var behind in places)
        {
            after.CopyFrom(state);
            if (!after.TryMove(move.Operation, move.Alternative, behind)) continue;
            var x = move.Operation;
            best = Math.Min(best, after.Head[x] + after.Duration[x] + after.Tail[x]);
        }
        return best;
    }
}
