using Mes.Contracts;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using NodaTime;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>From demand and capacity to the engine's model.</summary>
public sealed class PlanningModelTests
{
    static DateTimeOffset Monday => Given.Monday;

    static Plan PlanOf(PlanningFacts facts, PlanningPurpose purpose = PlanningPurpose.Full)
    {
        var model = PlanningModel.Build(facts, Monday, purpose);
        var plan = ListPlanner.Plan(model.Compile());
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        return plan;
    }

    static Engine.Plans.PlannedOperation Planned(Plan plan, DemandOperation operation) =>
        plan.Operations.Single(row => row.OperationId == PlanningModel.IdOf(operation.OperationId));

    static WorkCalendar DayShift(string zone = "UTC") => new()
    {
        Code = "day", Zone = zone, ClosedDays = [DateOnly.FromDateTime(Monday.UtcDateTime)],
        Shifts = [.. new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday }.Select(day =>
            new WeeklyShift(day, new TimeOnly(8, 0), 480))]
    };

    [Fact]
    public void An_operation_takes_its_setup_and_the_run_time_of_what_remains()
    {
        var planned = PlanOf(Given.Facts(Given.Order("1", remaining: 4))).Operations;
        planned.Select(o => o.EndSeconds - o.StartSeconds).ShouldBe([600 + (4 * 60), 4 * 30]);
        planned[1].StartSeconds.ShouldBe(planned[0].EndSeconds);
    }

    [Fact]
    public void A_rush_order_goes_first_where_both_would_be_late()
    {
        var (normal, rush) = (Given.Order("normal", dueHours: 0), Given.Order("rush", dueHours: 0, priority: 100));
        var plan = PlanOf(Given.Facts(normal, rush));
        Planned(plan, rush.Operations[0]).StartSeconds.ShouldBeLessThan(Planned(plan, normal.Operations[0]).StartSeconds);
    }

    [Fact]
    public void Work_waits_for_the_shift_and_pauses_over_the_night()
    {
        var order = Given.Order("1", remaining: 500);     // 30,600 s: longer than a shift of 28,800 s
        var capacity = new PlantCapacity
        {
            Calendars = [DayShift()], CalendarOf = new Dictionary<string, string> { ["m1"] = "day" }
        };
        var first = Planned(PlanOf(Given.Facts(order) with { Capacity = capacity }), order.Operations[0]);
        first.StartSeconds.ShouldBe((24 + 8) * 3600);
        first.EndSeconds.ShouldBe((((7 * 24) + 8) * 3600) + 600 + (500 * 60) - 28_800);
    }

    [Fact]
    public void Equipment_that_is_down_is_not_used_before_it_is_expected_back()
    {
        var order = Given.Order("1");
        var down = new PlantCapacity { Stops = [new PlannedStop("m1", null, Monday.AddHours(5))] };
        Planned(PlanOf(Given.Facts(order) with { Capacity = down }), order.Operations[0]).StartSeconds.ShouldBe(5 * 3600);
    }

    [Fact]
    public void A_shift_is_meant_in_plant_time_also_when_the_clocks_change()
    {
        var calendar = DayShift("Europe/Berlin");
        var winter = calendar.Open(new DateTimeOffset(2026, 3, 23, 0, 0, 0, TimeSpan.Zero), 3).OpenWindows[0];
        var summer = calendar.Open(new DateTimeOffset(2026, 3, 30, 0, 0, 0, TimeSpan.Zero), 3).OpenWindows[0];
        (winter.StartSeconds, summer.StartSeconds).ShouldBe((7 * 3600, 6 * 3600));
    }

    [Fact]
    public void A_slower_alternative_takes_its_own_time()
    {
        var order = Given.Order("1");
        var slow = order.Operations[0] with { Equipment = ["m9"], Alternatives = [new OperationAlternative("m9", 0, 120)] };
        var changed = order with { Operations = [slow, order.Operations[1]] };
        var planned = Planned(PlanOf(Given.Facts(changed)), slow);
        (planned.EndSeconds - planned.StartSeconds).ShouldBe(10 * 120);
    }

    [Fact]
    public void The_setup_depends_on_the_family_that_ran_before()
    {
        var order = Given.Order("1");
        var red = order.Operations[0] with { SetupFamily = "red" };
        var facts = Given.Facts(order with { Operations = [red, order.Operations[1]] }) with
        {
            Capacity = new PlantCapacity
            {
                Setups = [new SetupTimes("m1", defaultSeconds: 900, [new SetupChange("blue", "red", 1_800)])],
                FamilyOf = new Dictionary<string, string> { ["m1"] = "blue" }
            }
        };
        var planned = Planned(PlanOf(facts), red);
        (planned.StartSeconds - planned.SetupStartSeconds).ShouldBe(1_800);
        (planned.EndSeconds - planned.StartSeconds)
            .ShouldBe(10 * 60);     // the matrix stands instead of the setup of the routing
    }

    [Fact]
    public void Two_operations_that_need_the_same_tool_do_not_run_together()
    {
        var orders = new[] { Given.Order("1"), Given.Order("2") }.Select((order, i) => order with
        {
            Operations = [order.Operations[0] with { Equipment = [$"own{i}"], Resources = [new ResourceNeed("tool")] }]
        }).ToArray();
        var facts = Given.Facts(orders) with
        {
            Capacity = new PlantCapacity { Resources = [new PlantResource("tool", "Tool", capacity: 1)] }
        };
        PlanOf(facts).Operations.Select(row => row.StartSeconds).Order().ShouldBe([0, 1_200]);
    }

    [Fact]
    public void A_lag_of_the_routing_is_kept()
    {
        var order = Given.Order("1");
        var second = order.Operations[1] with { Links = [new OperationLink("op1", LinkKind.StartStart, 300)] };
        var planned = Planned(PlanOf(Given.Facts(order with { Operations = [order.Operations[0], second] })), second);
        planned.StartSeconds.ShouldBe(300);
    }

    [Fact]
    public void Work_under_way_goes_on_where_it_is_and_takes_what_remains()
    {
        var order = Given.Order("1", remaining: 4);
        var running = order.Operations[0] with { Running = new RunningWork("m7", Monday.AddHours(-1)) };
        var planned = Planned(PlanOf(Given.Facts(order with { Operations = [running, order.Operations[1]] })), running);
        (planned.EquipmentId, planned.StartSeconds, planned.EndSeconds).ShouldBe(("m7", -3600, 4 * 60));
    }

    [Fact]
    public void Missing_material_is_waited_for_until_it_is_expected()
    {
        var order = Given.Order("1") with { IsShort = true, MaterialAt = Monday.AddHours(3) };
        var planned = Planned(PlanOf(Given.Facts(order)), order.Operations[0]);
        (planned.StartSeconds, planned.Waits.Reason).ShouldBe((3 * 3600, WaitReason.Material));
    }

    [Fact]
    public void In_the_frozen_zone_the_plan_stays_and_nothing_new_comes_in()
    {
        var (old, rush) = (Given.Order("old"), Given.Order("rush", priority: 100, dueHours: 0));
        var before = PlanShift.Shift(Given.Facts(old), [], Monday);
        var facts = Given.Facts(old, rush) with
        {
            Plan = before.Rows(),
            Settings = new PlanningSettings().Change(new ChangeSettings(FrozenMinutes: 60))
        };
        var plan = PlanOf(facts, PlanningPurpose.Improve);
        Planned(plan, old.Operations[0]).StartSeconds.ShouldBe(0);
        Planned(plan, rush.Operations[0]).StartSeconds.ShouldBeGreaterThanOrEqualTo(3600);
    }
}
