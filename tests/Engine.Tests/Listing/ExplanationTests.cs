using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Listing;

/// <summary>Each reason to wait, in a model where nothing else holds.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public void The_first_operation_waits_for_nothing() => Waits(Shop(Op("A")), "A").ShouldBe(Wait.ForNothing);

    [Fact]
    public void The_second_waits_for_the_equipment() =>
        Waits(Shop(Op("A"), Op("B")), "B").ShouldBe(new Wait(WaitReason.Equipment, "A"));

    [Fact]
    public void A_release_date_holds_it() => Waits(
        Shop(Op("A")) is var shop ? shop with { Jobs = [shop.Jobs[0] with { ReleaseSeconds = 7 }] } : shop, "A")
        .Reason.ShouldBe(WaitReason.Release);

    [Fact]
    public void Material_holds_it() =>
        Waits(Shop(Op("A") with { MaterialSeconds = 7 }), "A").Reason.ShouldBe(WaitReason.Material);

    [Fact]
    public void A_predecessor_holds_it() => Waits(Shop(Op("A"), Op("B", "M2")) with
    {
        Precedences = [new Precedence("A", "B", MinLagSeconds: 3)],
    }, "B").ShouldBe(new Wait(WaitReason.Predecessor, "A"));

    [Fact]
    public void A_setup_holds_it()
    {
        var setup = new SetupMatrix(["F", "G"], [[0, 5], [5, 0]]);
        var shop = Shop(Op("A") with { SetupFamily = "F" }, Op("B") with { SetupFamily = "G" });
        Waits(shop with { Equipment = [new Equipment("M1") { Setup = setup }] }, "B")
            .ShouldBe(new Wait(WaitReason.Setup, "A"));
    }

    [Fact]
    public void The_calendar_holds_it() => Waits(Shop(Op("A")) with
    {
        Equipment = [new Equipment("M1") { Calendar = new Calendar([new Window(0, 5), new Window(8, 100)]) }],
    }, "A").ShouldBe(new Wait(WaitReason.Calendar, "M1"));

    [Fact]
    public void A_resource_holds_it()
    {
        var demands = new[] { new ResourceDemand("R1") };
        var shop = Shop(
            new Operation("A", [new Alternative("M1", 10) { Demands = demands }]),
            new Operation("B", [new Alternative("M2", 10) { Demands = demands }]));
        Waits(shop with { Resources = [new SecondaryResource("R1", 1)] },
            "B").ShouldBe(new Wait(WaitReason.Resource, "R1"));
    }

    [Fact]
    public void A_lock_and_the_frozen_zone_hold_it()
    {
        Waits(Shop(Op("A") with { Lock = new Placement("M1", 30) }), "A").Reason.ShouldBe(WaitReason.Lock);
        var frozen = Shop(Op("A"), Op("B", "M2")) with
        {
            FrozenUntilSeconds = 20,
            Baseline = new Dictionary<string, Placement> { ["A"] = new("M1", 4) },
        };
        Waits(frozen, "A").Reason.ShouldBe(WaitReason.FrozenZone);
        Waits(frozen, "B").Reason.ShouldBe(WaitReason.FrozenZone);
    }

    [Fact]
    public void A_maximum_lag_to_what_follows_holds_it() => Waits(Shop(Op("A"), Op("B", "M2")) with
    {
        Precedences = [new Precedence("A", "B", MaxLagSeconds: 0)],
        Breakdowns = [new Breakdown("M2", new Window(0, 50))],
    }, "A").ShouldBe(new Wait(WaitReason.MaximumLag, "B"));

    static Wait Waits(SchedulingModel model, string operation)
    {
        var plan = ListPlanner.Plan(model.Compile());
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        return plan.Operations.Single(item => item.OperationId == operation).Waits;
    }

    static Operation Op(string id, string equipment = "M1") => new(id, [new Alternative(equipment, 10)]);

    static SchedulingModel Shop(params Operation[] operations) => new()
    {
        Equipment = [new Equipment("M1"), new Equipment("M2")],
        Jobs = [new Job("J", operations)],
    };
}
