using Mes.Scheduling.Domain;


namespace Mes.Scheduling.Tests.Domain;

/// <summary>A lock is a lock: it holds until the facts have made it, and it alone, impossible.</summary>
public sealed class PlanLockTests
{
    static DateTimeOffset Monday => Given.Monday;

    static PlanRow Row(IReadOnlyList<PlanRow> rows, DemandOperation operation) =>
        rows.Single(row => row.OperationId == operation.OperationId);

    /// <summary>Facts whose plan, made on Monday, has some operations locked where they are.</summary>
    static PlanningFacts Locked(DemandOrder[] orders, params DemandOperation[] locked)
    {
        var facts = Given.Planned(orders);
        return With(facts, [.. locked.Select(operation => (operation, LockAt(Row(facts.Plan, operation))))]);
    }

    static OperationLock LockAt(PlanRow row) => new(row.Equipment, row.StartsAt);

    static IReadOnlyList<PlanRow> Shifted(PlanningFacts facts, int minutes = 0) =>
        PlanShift.Shift(facts, facts.Plan, Monday.AddMinutes(minutes)).Rows();

    static void Stays(PlanningFacts facts, IReadOnlyList<PlanRow> rows, DemandOperation operation)
    {
        var (was, now) = (Row(facts.Plan, operation), Row(rows, operation));
        (now.Equipment, now.StartsAt, now.EndsAt).ShouldBe((was.Equipment, was.StartsAt, was.EndsAt));
    }

    [Fact]
    public void A_lock_that_begins_now_stays_as_time_passes_and_so_do_those_behind_it()
    {
        var order = Given.Order("1");
        var facts = Locked([order], order.Operations[0], order.Operations[1]);
        var rows = Shifted(facts, minutes: 7);
        Stays(facts, rows, order.Operations[0]);
        Stays(facts, rows, order.Operations[1]);
        Row(rows, order.Operations[0]).WaitsFor.ShouldBe("Lock");
    }

    [Theory, InlineData(PlanningPurpose.Full), InlineData(PlanningPurpose.Improve)]
    public void A_planning_run_is_given_the_locks_also_those_whose_time_has_come(PlanningPurpose purpose)
    {
        var order = Given.Order("1");
        var facts = Locked([order], order.Operations[0], order.Operations[1]);
        var operations = PlanSearch.Of(facts, purpose, 1, Monday.AddMinutes(7)).Model.Jobs[0].Operations;
        operations[0].Running!.StartSeconds.ShouldBe(-7 * 60);
        operations[0].Running!.RemainingSeconds.ShouldBe((20 - 7) * 60);
        operations[1].Lock!.StartSeconds.ShouldBe((20 - 7) * 60);
    }

    [Fact]
    public void A_lock_whose_planned_end_has_passed_gives_way_but_others_do_not()
    {
        var (first, second) = (Given.Order("1"), Given.Order("2"));
        var facts = Given.Planned(first, second);
        var far = Monday.AddHours(6);
        var rows = Shifted(With(facts, (first.Operations[0], LockAt(Row(facts.Plan, first.Operations[0]))),
            (second.Operations[1], new OperationLock("m3", far))), minutes: 60);
        Row(rows, first.Operations[0]).StartsAt.ShouldBe(Monday.AddMinutes(60));
        (Row(rows, second.Operations[1]).Equipment, Row(rows, second.Operations[1]).StartsAt).ShouldBe(("m3", far));
    }

    [Fact]
    public void A_rush_order_goes_around_a_lock()
    {
        var (old, rush) = (Given.Order("old"), Given.Order("rush", priority: 100));
        var facts = Locked([old], old.Operations[0]);
        var rows = Shifted(facts with { Demand = [.. facts.Demand, rush] });
        Stays(facts, rows, old.Operations[0]);
        Row(rows, rush.Operations[0]).StartsAt.ShouldBe(Row(rows, old.Operations[0]).EndsAt);
    }

    [Fact]
    public void A_breakdown_pushes_the_lock_that_it_makes_impossible_and_no_other()
    {
        var (first, second) = (Given.Order("1"), Given.Order("2"));
        var facts = Given.Planned(first, second);
        var hours = Monday.AddHours(3);
        var locked = With(facts, (first.Operations[0], new OperationLock("m1", Monday.AddMinutes(30))),
            (second.Operations[1], new OperationLock("m2", hours)));
        var rows = Shifted(locked with
        {
            Capacity = new PlantCapacity { Stops = [new PlannedStop("m1", null, Monday.AddHours(1))] }
        });
        (Row(rows, first.Operations[0]).Equipment, Row(rows, first.Operations[0]).StartsAt).ShouldBe(("m1", Monday.AddHours(1)));
        (Row(rows, second.Operations[1]).Equipment, Row(rows, second.Operations[1]).StartsAt).ShouldBe(("m2", hours));
    }

    [Fact]
    public void Work_that_runs_longer_pushes_the_lock_behind_it()
    {
        var order = Given.Order("1");
        var facts = Locked([order], order.Operations[1]);
        var slow = facts.Demand[0] with
        {
            Operations = [facts.Demand[0].Operations[0] with { Running = new RunningWork("m1", Monday) },
                facts.Demand[0].Operations[1]]
        };
        var rows = Shifted(facts with { Demand = [slow] }, minutes: 15);
        Row(rows, order.Operations[1]).StartsAt.ShouldBe(Monday.AddMinutes(25));
    }

    [Fact]
    public void A_lock_for_which_the_equipment_is_being_set_up_stays_and_nothing_comes_between()
    {
        var (blue, red, rush) = (Given.Order("blue"), Given.Order("red"), Given.Order("rush", priority: 100));
        var capacity = new PlantCapacity
        {
            Setups = [new SetupTimes("m1", defaultSeconds: 1_800, changes: [])],
            FamilyOf = new Dictionary<string, string> { ["m1"] = "blue" }
        };
        red = red with { Operations = [red.Operations[0] with { SetupFamily = "red" }, red.Operations[1]] };
        rush = rush with { Operations = [rush.Operations[0] with { SetupFamily = "red", Remaining = 1 }, rush.Operations[1]] };
        var facts = Given.Facts(red) with { Capacity = capacity };
        facts = facts with { Plan = PlanShift.Shift(facts, [], Monday).Rows() };
        var was = Row(facts.Plan, red.Operations[0]);
        (was.StartsAt - was.SetupStartsAt).ShouldBe(TimeSpan.FromMinutes(30));
        var locked = With(facts, (red.Operations[0], LockAt(was)));
        var rows = Shifted(locked with { Demand = [.. locked.Demand, rush] }, minutes: 10);
        Row(rows, red.Operations[0]).ShouldBe(was with { WaitsFor = "Lock" });
        Row(rows, rush.Operations[0]).StartsAt.ShouldBe(was.EndsAt);
    }

    [Fact]
    public void What_is_blocked_or_follows_open_work_is_not_taken_to_have_begun()
    {
        var order = Given.Order("1");
        var facts = Locked([order], order.Operations[0], order.Operations[1]);
        var held = facts.Demand[0] with
        {
            Operations = [facts.Demand[0].Operations[0] with { IsHeld = true }, facts.Demand[0].Operations[1]]
        };
        var rows = Shifted(facts with { Demand = [held] }, minutes: 5);
        Row(rows, order.Operations[0]).WaitsFor.ShouldBe("QualityHold");
        Row(rows, order.Operations[1]).StartsAt.ShouldBe(Row(rows, order.Operations[0]).EndsAt);
    }

    static PlanningFacts With(PlanningFacts facts, params (DemandOperation Operation, OperationLock Lock)[] locks) => facts with
    {
        Demand = [.. facts.Demand.Select(order => order with
        {
            Operations = [.. order.Operations.Select(operation =>
                locks.FirstOrDefault(pin => pin.Operation.OperationId == operation.OperationId) is { Operation: not null } own
                    ? operation with { Lock = own.Lock } : operation)]
        })]
    };
}
