using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Repair;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Repair;

/// <summary>The first answer after a breakdown or deviation.</summary>
public sealed class RightShiftTests(ITestOutputHelper output)
{
    const Mix Movable = Mix.All & ~(Mix.Locks | Mix.Frozen | Mix.Running);

    [Fact]
    public void A_plan_that_still_fits_is_kept()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var compiled = RandomModel.Create(seed, Movable).Compile();
            var plan = ListPlanner.Plan(compiled);
            var shifted = PlanRepair.Shift(compiled, plan.Placements).Plan;
            shifted.Operations.Select(Place).ShouldBe(plan.Operations.Select(Place), $"seed {seed}");
        }
    }

    [Fact]
    public void After_a_breakdown_the_sequence_stays_and_nothing_starts_earlier()
    {
        var moved = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var model = RandomModel.Create(seed, Movable);
            var plan = ListPlanner.Plan(model.Compile());
            var broken = model with { Breakdowns = [.. model.Breakdowns, new Breakdown("M2", new Window(10, 45))] };
            if (Repair(broken, plan) is not { Method: "right shift" } repaired) continue;
            PlanVerifier.Verify(broken, repaired).ShouldBeEmpty($"seed {seed}");
            foreach (var (before, after) in plan.Operations.Zip(repaired.Operations))
            {
                after.StartSeconds.ShouldBeGreaterThanOrEqualTo(before.StartSeconds, $"seed {seed}");
                after.EquipmentId.ShouldBe(before.EquipmentId, $"seed {seed}");
                if (after.StartSeconds > before.StartSeconds) moved++;
            }
            Sequences(repaired).ShouldBe(Sequences(plan), $"seed {seed}");
        }
        moved.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Late_material_and_longer_running_work_shift_what_follows()
    {
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("M1"), new Equipment("M2")],
            Jobs = [new Job("J", [Op("A", "M1"), Op("B", "M2"), Op("C", "M1")])],
            Precedences = [new Precedence("A", "B"), new Precedence("B", "C")],
        };
        var plan = ListPlanner.Plan(model.Compile());
        plan.Operations.Select(item => item.StartSeconds).ShouldBe([0, 10, 20]);
        var now = model with
        {
            Jobs = [new Job("J", [Op("A", "M1") with { Running = new Running("M1", -5, 25) },
                Op("B", "M2") with { MaterialSeconds = 40 }, Op("C", "M1")])],
        };
        var repaired = PlanRepair.Shift(now.Compile(), plan.Placements).Plan;
        repaired.Operations.Select(item => item.StartSeconds).ShouldBe([-5, 40, 50]);
        PlanVerifier.Verify(now, repaired).ShouldBeEmpty();
        repaired.Operations.Select(item => item.Waits.Reason)
            .ShouldBe([WaitReason.Running, WaitReason.Material, WaitReason.Predecessor]);
    }

    [Fact]
    public void Ten_thousand_operations_are_shifted_at_once()
    {
        var model = LargeModel.Create(10_000, LargeModel.Kind.Everything);
        var plan = ListPlanner.Plan(model.Compile());
        var broken = model with { Breakdowns = [new Breakdown("M3", new Window(0, 4 * 3600))] };
        var compiled = broken.Compile();
        var limit = TimeSpan.FromMilliseconds(300);
        var (time, repaired) = ProcessorTime.Best(limit, () => PlanRepair.Shift(compiled, plan.Placements).Plan);
        output.WriteLine($"right shift of 10,000 operations: {time.TotalMilliseconds} ms of processor time");
        PlanVerifier.Verify(broken, repaired).ShouldBeEmpty();
        time.ShouldBeLessThan(limit, "the goal is 100 of wall time on a machine of its own");
    }

    static Plan? Repair(SchedulingModel model, Plan plan)
    {
        try
        {
            return PlanRepair.Shift(model.Compile(), plan.Placements).Plan;
        }
        catch (ModelRefusedException refused)
        {
            refused.Refusals[0].Code.ShouldBeOneOf(RefusalCode.NoPlanFound, RefusalCode.LongerThanEveryWindow);
            return null;
        }
    }

    static Operation Op(string id, string equipment) => new(id, [new Alternative(equipment, 10)]);

    static (string, int, int, int) Place(PlannedOperation item) =>
        (item.EquipmentId, item.SetupStartSeconds, item.StartSeconds, item.EndSeconds);

    static IEnumerable<string> Sequences(Plan plan) =>
        plan.Operations.Where(item => item.EndSeconds > item.StartSeconds)
        .GroupBy(item => item.EquipmentId).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => string.Join(' ', group.OrderBy(item => item.StartSeconds).Select(item => item.OperationId)));
}
