using Mes.Kernel;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Compiled;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>Right shift, moves, promises and the reasons they give.</summary>
public sealed class PlanShiftTests
{
    static DateTimeOffset Monday => Given.Monday;

    static PlanRow Row(IReadOnlyList<PlanRow> rows, DemandOperation operation) =>
        rows.Single(row => row.OperationId == operation.OperationId);

    static IReadOnlyList<PlanRow> Shifted(PlanningFacts facts, int hours = 0) =>
        PlanShift.Shift(facts, facts.Plan, Monday.AddHours(hours)).Rows();

    static PlantCapacity Down(int hours) => new() { Stops = [new PlannedStop("m1", null, Monday.AddHours(hours))] };

    [Fact]
    public void A_plan_that_still_fits_stays()
    {
        var facts = Given.Planned(Given.Order("1"), Given.Order("2"));
        PlanSearch.Places(facts, PlanShift.Shift(facts, facts.Plan, Monday).Rows()).ShouldBeTrue();
    }

    [Fact]
    public void A_breakdown_moves_what_is_planned_there_and_what_follows_it()
    {
        var order = Given.Order("1");
        var facts = Given.Planned(order);
        var rows = Shifted(facts with { Capacity = Down(hours: 2) });
        Row(rows, order.Operations[0]).StartsAt.ShouldBe(Monday.AddHours(2));
        Row(rows, order.Operations[1]).StartsAt.ShouldBe(Row(rows, order.Operations[0]).EndsAt);
    }

    [Fact]
    public void A_rush_order_goes_before_and_another_one_behind_what_is_planned()
    {
        var (old, rush, late) = (Given.Order("old"), Given.Order("rush", priority: 100), Given.Order("late"));
        var facts = Given.Planned(old);
        var rows = Shifted(facts with { Demand = [old, late, rush] });
        Row(rows, rush.Operations[0]).StartsAt.ShouldBe(Monday);
        Row(rows, old.Operations[0]).StartsAt.ShouldBe(Row(rows, rush.Operations[0]).EndsAt);
        Row(rows, late.Operations[0]).StartsAt.ShouldBe(Row(rows, old.Operations[0]).EndsAt);
    }

    [Fact]
    public void An_operation_on_hold_says_so()
    {
        var order = Given.Order("1");
        var facts = Given.Planned(order);
        var held = order with { Operations = [order.Operations[0] with { IsHeld = true }, order.Operations[1]] };
        var row = Row(Shifted(facts with { Demand = [held] }), order.Operations[0]);
        (row.StartsAt, row.WaitsFor).ShouldBe((Monday.AddHours(PlanningModel.WaitHoursUnknown), "QualityHold"));
    }

    [Fact]
    public void A_lock_that_the_facts_have_made_impossible_gives_way_but_keeps_its_equipment()
    {
        var order = Given.Order("1");
        var facts = Given.Planned(order);
        var second = order.Operations[1] with { Lock = new OperationLock("m3", Monday.AddHours(-1)) };
        var pinned = order with { Operations = [order.Operations[0], second] };
        Row(Shifted(facts with { Demand = [pinned] }), order.Operations[1]).Equipment.ShouldBe("m3");
        PlanSearch.Of(facts with { Demand = [pinned] }, PlanningPurpose.Improve, 1, Monday).Model.Check().ShouldBeEmpty();
    }

    [Fact]
    public void A_moved_operation_stands_where_it_was_dragged_and_pushes_the_others()
    {
        var (first, second) = (Given.Order("1"), Given.Order("2"));
        var facts = Given.Planned(first, second);
        var late = Given.Planned(first, second).Plan.Where(row => row.Equipment == "m1").MaxBy(row => row.StartsAt)!;
        var rows = new PlanMove(late.OperationId, "m1", Monday.AddMinutes(5)).Make(facts, Monday).Rows();
        rows.Single(row => row.OperationId == late.OperationId).StartsAt.ShouldBe(Monday.AddMinutes(5));
        rows.Where(row => row.Equipment == "m1").OrderBy(row => row.StartsAt).Select(row => row.OperationId)
            .First().ShouldBe(late.OperationId);
        PlanChanges.Between(facts, facts.Plan, rows).Moved.Count.ShouldBeGreaterThanOrEqualTo(2);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "incompatible", "incompatible-equipment" }, { "past", "in-the-past" }, { "predecessor", "before-predecessor" },
        { "running", "operation-running" }, { "locked", "operation-locked" }, { "frozen", "frozen" },
        { "closed", "equipment-closed" },
        { "down", "equipment-down" }, { "material", "before-material" }, { "held", "on-hold" }, { "release", "before-release" },
        { "unknown", "operation-not-planned" }
    };

    [Theory, MemberData(nameof(Refusals))]
    public void A_move_that_cannot_be_says_why(string situation, string code)
    {
        var order = Given.Order("1");
        var (one, two) = (order.Operations[0], order.Operations[1]);
        var facts = Given.Planned(order);
        var (move, changed) = situation switch
        {
            "incompatible" => (new PlanMove(one.OperationId, "m2", Monday.AddHours(1)), facts),
            "past" => (new PlanMove(one.OperationId, "m1", Monday.AddHours(-1)), facts),
            "predecessor" => (new PlanMove(two.OperationId, "m3", Monday.AddMinutes(1)), facts),
            "running" => (Moved(one), With(one with { Running = new RunningWork("m1", Monday) })),
            "locked" => (Moved(one), With(one with { Lock = new OperationLock("m1", Monday) })),
            "held" => (Moved(one), With(one with { IsHeld = true })),
            "frozen" => (Moved(one), facts with
            {
                Settings = new PlanningSettings().Change(new ChangeSettings(FrozenMinutes: 120))
            }),
            "closed" => (Moved(one), facts with { Capacity = Closed() }),
            "down" => (Moved(one), facts with { Capacity = Down(hours: 3) }),
            "material" => (Moved(one), facts with { Demand = [order with { IsShort = true, MaterialAt = Monday.AddHours(2) }] }),
            "release" => (Moved(one), facts with { Demand = [order with { ReleaseAt = Monday.AddHours(2) }] }),
            _ => (new PlanMove(Guid.NewGuid(), "m1", Monday.AddHours(1)), facts)
        };
        var refused = Should.Throw<RuleViolation>(() => move.Make(changed, Monday));
        refused.Code.ShouldBe(code);
        refused.Values.ShouldNotBeEmpty();

        PlanMove Moved(DemandOperation operation) => new(operation.OperationId, "m1", Monday.AddHours(1));

        PlanningFacts With(DemandOperation operation) => facts with { Demand = [order with { Operations = [operation, two] }] };

        static PlantCapacity Closed() => new()
        {
            Calendars = [new WorkCalendar
            {
                Code = "late", Zone = "UTC", ClosedDays = [], Shifts =
                    [new WeeklyShift(NodaTime.IsoDayOfWeek.Monday, new TimeOnly(12, 0), 600)]
            }],
            CalendarOf = new Dictionary<string, string> { ["m1"] = "late" }
        };
    }

    [Fact]
    public void A_promise_moves_nothing_and_uses_the_room_that_is_left()
    {
        var facts = Given.Planned(Given.Order("1"), Given.Order("2"));
        var asked = Given.Order("asked");
        var placed = Promises.Place(facts, asked, 0, Monday).Operations;
        placed.Select(operation => operation.Code).ShouldBe(["op1", "op2"], ignoreOrder: true);
        foreach (var operation in placed)
        {
            facts.Plan.Where(row => row.Equipment == operation.Equipment).ShouldAllBe(
                row => row.EndsAt <= operation.StartsAt || row.SetupStartsAt >= operation.EndsAt);
        }
        placed.Single(operation => operation.Code == "op2").StartsAt
            .ShouldBeGreaterThanOrEqualTo(placed.Single(operation => operation.Code == "op1").EndsAt);
    }

    [Fact]
    public void An_order_that_ends_after_its_due_date_is_late()
    {
        var (first, second) = (Given.Order("1", dueHours: 1), Given.Order("2", dueHours: 0));
        var facts = Given.Planned(first, second);
        var late = LateOrders.Of(facts, facts.Plan).ShouldHaveSingleItem();
        (late.Order.Number, late.Last.OrderId).ShouldBe(("2", second.OrderId));
        LateOrders.Ids(facts, facts.Plan).ShouldBe([second.OrderId]);
    }
}
