using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Search;

/// <summary>Shops without any slack: cut from a plan in which no machine is ever idle.</summary>
public sealed class NonDelayTreeTests(ITestOutputHelper output)
{
    const int Horizon = 60_000;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 500)]
    public void A_shop_without_slack_is_planned_at_its_bound(int seed, int release)
    {
        var shop = Tight(machines: 20, perMachine: 50, seed, release);
        var order = NonDelayTree.Find(shop, Until(Horizon + release));
        var state = new ShopState(shop);
        state.Build(order.ShouldNotBeNull(), shop.Model.AlternativeOffset);
        state.Makespan.ShouldBe(Horizon + release);
        var plan = PlanAssembly.Assemble(
            shop.Model, state.ToSolution(), LowerBound.Compute(shop.Model), "non-delay tree");
        PlanVerifier.Verify(shop.Model.Source, plan).ShouldBeEmpty();
    }

    [Fact]
    public void The_optimizer_proves_it_optimal_where_list_passes_end_far_above()
    {
        var shop = Tight(machines: 20, perMachine: 50, seed: 4, release: 0);
        var passes = new ShopState(shop);
        passes.Build(ForwardBackward.TryCreate(shop, new Random(1))!.Create(0, Until(0)), shop.Model.AlternativeOffset);
        var plan = Optimizer.Solve(shop.Model, new SearchOptions(TimeSpan.FromMinutes(2)));
        output.WriteLine($"passes {passes.Makespan}, search {plan.Value}");
        passes.Makespan.ShouldBeGreaterThan(Horizon * 11 / 10);
        plan.Value.ShouldBe(plan.Bound);
    }

    [Fact]
    public void In_a_shop_with_slack_it_gives_up_after_a_bounded_number_of_nodes()
    {
        var model = LargeModel.Create(150, LargeModel.Kind.JobShop).Compile();
        var stop = Until(LowerBound.Compute(model).Makespan);
        NonDelayTree.Find(DisjunctiveShop.TryCreate(model)!, stop).ShouldBeNull();
        stop.Iterations.ShouldBeInRange(150 * 16, 150 * 2 * (4 + 16)); // both ways; a third round would lead no deeper
    }

    [Fact]
    public void All_workers_end_when_one_has_proved_the_optimum()
    {
        var shop = Tight(machines: 50, perMachine: 60, seed: 6, release: 0);
        var started = TimeProvider.System.GetTimestamp();
        var plan = Optimizer.Solve(shop.Model, new SearchOptions(TimeSpan.FromMinutes(10)) { Workers = 2 });
        plan.Value.ShouldBe(plan.Bound);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(5));
    }

    static SearchStop Until(long target) =>
        new(new SearchOptions(TimeSpan.FromMinutes(2)), target, CancellationToken.None);

    /// <summary>Every machine is busy from the release to the horizon; its time is cut at random, and each piece
    /// continues a job that waits just then.</summary>
    static DisjunctiveShop Tight(int machines, int perMachine, int seed, int release)
    {
        var random = new Random(seed);
        var pieces = Enumerable.Range(0, machines).SelectMany(machine => Pieces(machine, perMachine, random))
            .OrderBy(piece => piece.Start).ToArray();
        var waiting = new List<(int End, int Machine, int Job)>();
        var jobs = new List<List<Operation>>();
        foreach (var (start, end, machine) in pieces)
        {
            var ready = waiting.Where(job => job.End <= start && job.Machine != machine).ToArray();
            var job = ready.Length == 0 ? jobs.Count : ready[random.Next(ready.Length)].Job;
            if (job == jobs.Count) jobs.Add([]);
            waiting.RemoveAll(other => other.Job == job);
            waiting.Add((end, machine, job));
            jobs[job].Add(new Operation($"{job}.{jobs[job].Count}", [new Alternative($"M{machine}", end - start)]));
        }
        var model = new SchedulingModel
        {
            Equipment = [.. Enumerable.Range(0, machines).Select(machine => new Equipment($"M{machine}"))],
            Jobs = [.. jobs.Select((operations, j) => new Job($"J{j}", operations) { ReleaseSeconds = release })],
            Precedences = [.. jobs.SelectMany(operations => Precedence.Chain(operations))],
            Objective = Objective.Makespan,
        };
        return DisjunctiveShop.TryCreate(model.Compile())!;
    }

    static IEnumerable<(int Start, int End, int Machine)> Pieces(int machine, int count, Random random)
    {
        var cuts = new SortedSet<int> { 0, Horizon };
        while (cuts.Count <= count) cuts.Add(random.Next(Horizon));
        return cuts.Zip(cuts.Skip(1), (start, end) => (start, end, machine));
    }
}
