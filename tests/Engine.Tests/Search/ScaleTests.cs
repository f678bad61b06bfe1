using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Search;

/// <summary>Time to the first plan, every rule on one core: processor time, as other work may share the machine.
/// </summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1_000, LargeModel.Kind.JobShop, 1)]
    [InlineData(10_000, LargeModel.Kind.JobShop, 2)]
    [InlineData(100_000, LargeModel.Kind.JobShop, 10)]
    [InlineData(1_000, LargeModel.Kind.Everything, 1)]
    [InlineData(10_000, LargeModel.Kind.Everything, 2)]
    [InlineData(100_000, LargeModel.Kind.Everything, 10)]
    internal void A_first_plan_is_there_soon(int operations, LargeModel.Kind kind, int secondsMax)
    {
        var model = LargeModel.Create(operations, kind);
        var limit = TimeSpan.FromSeconds(secondsMax);
        var (took, plan) = ProcessorTime.Best(limit, () => ListPlanner.Plan(model.Compile()));
        output.WriteLine($"{operations} operations, {kind}: compiled and planned by every rule in "
            + $"{took.TotalMilliseconds:F0} ms, gap {plan.Gap:P1}, {plan.Method}");
        took.ShouldBeLessThan(limit);
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
    }

    /// <summary>What a tabu search holds grows with the operations, not with operations times jobs.</summary>
    [Fact]
    public void A_search_for_the_makespan_holds_little_per_operation()
    {
        var shop = DisjunctiveShop.TryCreate(LargeModel.Create(20_000, LargeModel.Kind.JobShop).Compile())!;
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = new TabuSearch(shop, new FastRandom(1));
        var perOperation = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)shop.Count;
        output.WriteLine($"{perOperation:F0} bytes per operation");
        perOperation.ShouldBeLessThan(500);
    }

    /// <summary>A search looks at the clock after some dozens of rounds: a round that tried whatever is late anywhere
    /// would let a plan wait for minutes.</summary>
    [Theory]
    [InlineData(1_700)]
    [InlineData(10_000)]
    public void A_search_looks_at_the_clock_often_where_much_is_late(int operations)
    {
        var model = LargeModel.Create(operations, LargeModel.Kind.Late);
        var limit = TimeSpan.FromSeconds(10);
        var (took, plan) = ProcessorTime.Best(limit,
            () => Optimizer.Solve(model.Compile(), SearchTests.Iterations(2 * SearchStop.Interval)));
        output.WriteLine($"{operations} operations: {took.TotalMilliseconds:F0} ms");
        took.ShouldBeLessThan(limit);
        plan.Value.Levels[0].ShouldBePositive();
    }
}
