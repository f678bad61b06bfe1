using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Repair;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Repair;

/// <summary>Repair after events, moves by hand, promises, and the chain behind a late job.</summary>
public sealed class PlanRepairTests(ITestOutputHelper output)
{
    const Mix Movable = Mix.All & ~(Mix.Frozen | Mix.Running);

    [Fact]
    public void An_improved_repair_is_never_worse_than_the_shifted_plan()
    {
        var (repaired, better) = (0, 0);
        for (var seed = 0; seed < 40; seed++)
        {
            if (Scene.Create(seed, Movable) is not { } scene) continue;
            var broken = (scene.Model with
            {
                Breakdowns = [.. scene.Model.Breakdowns, new Breakdown("M2", new Window(10, 45))],
            }).WithBaseline(scene.Plan.Placements);
            if (broken.Check().Count > 0) continue;
            var compiled = broken.Compile();
            if (Try(() => PlanRepair.Shift(compiled, broken.Baseline)) is not { } shifted) continue;
            var improved = Optimizer.Improve(compiled, broken.Baseline,
                new SearchOptions(TimeSpan.FromMinutes(1)) { IterationsMax = 500 });
            PlanVerifier.Verify(broken, shifted.Plan).ShouldBeEmpty($"seed {seed}");
            PlanVerifier.Verify(broken, improved.Plan).ShouldBeEmpty($"seed {seed}");
            improved.Plan.Value.ShouldBeLessThanOrEqualTo(shifted.Plan.Value, $"seed {seed}");
            repaired++;
            if (improved.Plan.Value < shifted.Plan.Value) better++;
        }
        output.WriteLine($"{repaired} repaired, {better} of them improved");
        repaired.ShouldBeGreaterThan(20);
        better.ShouldBeGreaterThan(repaired / 3);
    }

    [Fact]
    public void Differences_are_what_has_moved()
    {
        var model = RandomModel.Create(4, Mix.Alternatives);
        var plan = ListPlanner.Plan(model.Compile());
        PlanRepair.Shift(model.Compile(), plan.Placements).Differences.ShouldBeEmpty();
        var first = plan.Operations.First(item => item.EndSeconds > item.StartSeconds);
        var down = new Breakdown(first.EquipmentId, new Window(first.StartSeconds, first.EndSeconds));
        var broken = model with { Breakdowns = [down] };
        var repaired = PlanRepair.Shift(broken.Compile(), plan.Placements);
        repaired.Differences.ShouldContain(item => item.OperationId == first.OperationId
            && item.Before == new Placement(first.EquipmentId, first.StartSeconds)
            && item.After.StartSeconds >= first.EndSeconds);
        foreach (var difference in repaired.Differences) difference.Before.ShouldNotBe(difference.After);
    }

    [Fact]
    public void What_was_not_planned_is_inserted_and_nothing_else_moves()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            if (Scene.Create(seed, Movable & ~(Mix.Locks | Mix.MaxLags)) is not { } scene) continue;
            var rush = new Job("rush", [new Operation("rush.1", [new Alternative("M3", 7)]) { SetupFamily = "F1" }]);
            var model = scene.Model with { Jobs = [rush, .. scene.Model.Jobs] };
            var repaired = PlanRepair.Shift(model.Compile(), scene.Plan.Placements);
            PlanVerifier.Verify(model, repaired.Plan).ShouldBeEmpty($"seed {seed}");
            repaired.Differences.ShouldHaveSingleItem().Before.ShouldBeNull();
        }
    }

    [Fact]
    public void An_operation_is_put_where_it_is_dragged_or_the_reason_is_told()
    {
        var (moved, refused, codes) = (0, 0, new List<string>());
        for (var seed = 0; seed < 120; seed++)
        {
            if (Scene.Create(seed, Movable) is not { } scene) continue;
            var random = new Random(seed);
            var victim = scene.Plan.Operations[random.Next(scene.Plan.Operations.Count)];
            var places = scene.Operation(victim).Alternatives;
            var to = new Placement(places[random.Next(places.Count)].EquipmentId,
                Math.Max(0, victim.StartSeconds + random.Next(-5, 15)));
            try
            {
                var plan = PlanRepair.Move(scene.Model.Compile(), scene.Plan.Placements,
                    new Dictionary<string, Placement> { [victim.OperationId] = to }).Plan;
                plan.Placements[victim.OperationId].ShouldBe(to);
                PlanVerifier.Verify(scene.Model with { Jobs = WithoutLock(scene.Model, victim) },
                    plan.Operations).ShouldBeEmpty($"seed {seed}");
                moved++;
            }
            catch (ModelRefusedException problem)
            {
                problem.Refusals.ShouldNotBeEmpty();
                codes.Add(problem.Refusals[0].Code);
                refused++;
            }
        }
        output.WriteLine($"{moved} moved, {refused} refused: " + string.Join(", ",
            codes.CountBy(code => code).Select(count => $"{count.Value} {count.Key}")));
        moved.ShouldBeGreaterThan(30);
        refused.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Dragging_before_the_predecessor_brings_the_predecessor_forward()
    {
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("M1"), new Equipment("M2")],
            Jobs = [new Job("J", [Op("X", "M1")]), new Job("K", [Op("A", "M1"), Op("B", "M2")])],
            Precedences = [new Precedence("A", "B")],
        };
        var before = new Dictionary<string, Placement>
        {
            ["X"] = new("M1", 0), ["A"] = new("M1", 10), ["B"] = new("M2", 20),
        };
        var repaired = PlanRepair.Move(model.Compile(), before, At(10));
        repaired.Plan.Placements.ShouldBe(new Dictionary<string, Placement>
        {
            ["X"] = new("M1", 10), ["A"] = new("M1", 0), ["B"] = new("M2", 10),
        });
        Should.Throw<ModelRefusedException>(() =>
            PlanRepair.Move(model.Compile(), before, At(9)))
            .Refusals.ShouldHaveSingleItem().Code.ShouldBe(RefusalCode.LockTooEarly);

        static Dictionary<string, Placement> At(int start) => new() { ["B"] = new("M2", start) };
    }

    [Fact]
    public void A_promise_is_what_planning_the_job_behind_the_rest_gives()
    {
        var promised = 0;
        for (var seed = 0; seed < 80; seed++)
        {
            if (Scene.Create(seed, Mix.All) is not { } scene) continue;
            var model = scene.Model with { Jobs = [.. scene.Model.Jobs.SkipLast(1)] };
            var job = scene.Model.Jobs[^1];
            var own = job.Operations.Select(operation => operation.Id).ToHashSet();
            var arcs = scene.Model.Precedences.Where(arc => own.Contains(arc.To)).ToArray();
            if (job.Operations.Any(item => item.Lock is not null || item.Running is not null)) continue;
            model = model with
            {
                Precedences = [.. model.Precedences.Where(arc => !own.Contains(arc.To))],
                Baseline = model.Baseline.Where(item => !own.Contains(item.Key)).ToDictionary(),
            };
            if (Try(() => ListPlanner.Plan(model.Compile())) is not { } plan) continue;
            if (Try(() => Promise.For(model.Compile(), plan.Operations, job, arcs)) is not { } promise) continue;
            var all = model with
            {
                Jobs = [.. model.Jobs, job],
                Precedences = [.. model.Precedences, .. arcs],
            };
            PlanVerifier.Verify(all, SetUpAnew(plan.Operations.Concat(promise.Operations))).ShouldBeEmpty(
                $"seed {seed}");
            promise.EndSeconds.ShouldBe(promise.Operations.Max(item => item.EndSeconds));
            promised++;
        }
        promised.ShouldBeGreaterThan(25);
    }

    /// <summary>What stands behind a filled gap keeps its start, but needs another setup: each may take all the time
    /// since the operation before.</summary>
    static IEnumerable<PlannedOperation> SetUpAnew(IEnumerable<PlannedOperation> plan) => plan
        .GroupBy(item => item.EquipmentId).SelectMany(group =>
        {
            var free = 0;
            return group.OrderBy(item => item.StartSeconds).ThenBy(item => item.EndSeconds).Select(item =>
            {
                var setUp = item with { SetupStartSeconds = Math.Min(free, item.StartSeconds) };
                free = Math.Max(free, item.EndSeconds);
                return setUp;
            }).ToArray();
        });

    [Fact]
    public void A_promise_uses_the_gap_that_fits()
    {
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("M1")],
            Jobs = [new Job("J", [Op("A", "M1"), Op("B", "M1")])],
        };
        PlannedOperation[] plan =
            [new("A", "J", "M1", 0, 0, 10), new("B", "J", "M1", 25, 25, 35)];
        Of(15).EndSeconds.ShouldBe(25);
        Of(16).EndSeconds.ShouldBe(51);
        Of(16).Operations[0].Waits.ShouldBe(new Wait(WaitReason.Equipment, "B"));

        Promise Of(int seconds) => Promise.For(model.Compile(), plan,
            new Job("N", [new Operation("N1", [new Alternative("M1", seconds)])]), []);
    }

    [Fact]
    public void Ten_thousand_planned_operations_give_a_promise_at_once()
    {
        var model = LargeModel.Create(10_000, LargeModel.Kind.Everything);
        var compiled = model.Compile();
        var plan = ListPlanner.Plan(compiled);
        var job = new Job("new", [.. model.Jobs[7].Operations.Select(item => item with { Id = "new " + item.Id })]);
        var limit = TimeSpan.FromSeconds(1);
        var (time, promise) = ProcessorTime.Best(limit,
            () => Promise.For(compiled, plan.Operations, job, Precedence.Chain(job.Operations)));
        promise.Operations.Count.ShouldBe(10);
        output.WriteLine($"promise on 10,000 operations: {time.TotalMilliseconds} ms of processor time");
        time.ShouldBeLessThan(limit);
    }

    [Fact]
    public void The_chain_behind_a_late_job_ends_at_its_origin()
    {
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("M1"), new Equipment("M2")],
            Resources = [new SecondaryResource("R", 1)],
            Jobs =
            [
                new Job("J", [Op("A", "M1") with { MaterialSeconds = 50 }, WithResource("B", "M2")]),
                new Job("K", [WithResource("C", "M1")]) { DueSeconds = 5, ReleaseSeconds = 5 },
            ],
            Precedences = [new Precedence("A", "B"), new Precedence("A", "C")],
        };
        PlannedOperation[] plan = [new("A", "J", "M1", 50, 50, 60), new("B", "J", "M2", 60, 60, 70),
            new("C", "K", "M1", 70, 70, 80)];
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        LateChain.Of(model.Compile(), plan, "K").Select(step => (step.OperationId, step.Waits.Reason)).ShouldBe(
            [("C", WaitReason.Resource), ("B", WaitReason.Predecessor), ("A", WaitReason.Material)]);
    }

    [Fact]
    public void Every_chain_ends()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            if (Scene.Create(seed, Mix.All) is not { } scene) continue;
            var compiled = scene.Model.Compile();
            foreach (var job in scene.Model.Jobs)
            {
                var chain = LateChain.Of(compiled, scene.Plan.Operations, job.Id);
                chain[0].EndSeconds.ShouldBe(
                    scene.Plan.Operations.Where(item => item.JobId == job.Id).Max(item => item.EndSeconds));
                chain.ShouldBeUnique();
                foreach (var step in chain) scene.Plan.Operations.ShouldContain(step);
            }
        }
    }

    static IReadOnlyList<Job> WithoutLock(SchedulingModel model, PlannedOperation victim) => [.. model.Jobs.Select(
        job => job with
        {
            Operations = [.. job.Operations.Select(item =>
                item.Id == victim.OperationId ? item with { Lock = null } : item)],
        })];

    static T? Try<T>(Func<T> make) where T : class
    {
        try
        {
            return make();
        }
        catch (ModelRefusedException)
        {
            return null; // another seed will do
        }
    }

    static Operation Op(string id, string equipment) => new(id, [new Alternative(equipment, 10)]);

    static Operation WithResource(string id, string equipment) =>
        new(id, [new Alternative(equipment, 10) { Demands = [new ResourceDemand("R")] }]);
}
