using Mes.Contracts;
using Mes.Scheduling.Domain;
using NodaTime;
using static Mes.Scheduling.Tests.Domain.Steps;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>Operations are moved, swapped and pinned, or it is refused with the reason.</summary>
public sealed class PlanStepTests
{
    static DateTimeOffset Monday => Given.Monday;

    [Fact]
    public void A_group_moves_with_its_own_predecessors_and_others_give_way()
    {
        var (a, b) = (Given.Order("a"), Given.Order("b"));
        var facts = Given.Planned(a, b);      // a: m1 0–20, m2 20–25; b: m1 20–40, m2 or m3 40–45
        var after = After(facts, Move(false, (a.Operations[0], "m1", 25), (a.Operations[1], "m3", 45)));
        IsAt(after, a.Operations[0], "m1", 25);
        IsAt(after, a.Operations[1], "m3", 45);
        Row(after, b.Operations[0]).StartsAt.ShouldBe(Row(after, a.Operations[0]).EndsAt, "what is in the way goes right");
        after.Demand.SelectMany(order => order.Operations).ShouldAllBe(o => o.Lock == null);
    }

    [Fact]
    public void Members_of_a_group_that_are_in_each_others_way_line_up()
    {
        var (a, b) = (Given.Order("a"), Given.Order("b"));
        var after = After(Given.Planned(a, b), Move(true,
            (a.Operations[0], "m1", 60), (b.Operations[0], "m1", 60), (a.Operations[1], "m2", 60)));
        var starts = new[] { Row(after, a.Operations[0]), Row(after, b.Operations[0]) }.OrderBy(row => row.StartsAt).ToList();
        (starts[0].StartsAt, starts[1].StartsAt).ShouldBe((Monday.AddMinutes(60), Monday.AddMinutes(80)));
        Row(after, a.Operations[1]).StartsAt.ShouldBe(Row(after, a.Operations[0]).EndsAt);
        after.Operation(a.Operations[0].OperationId)!.Lock!.StartsAt.ShouldBe(Row(after, a.Operations[0]).StartsAt);
        after.Operation(b.Operations[1].OperationId)!.Lock.ShouldBeNull("it only followed");
    }

    [Fact]
    public void One_operation_is_moved_as_ever_and_pinned_where_it_went()
    {
        var order = Given.Order("a");
        var after = After(Given.Planned(order), Move(true, (order.Operations[1], "m3", 90)));
        IsAt(after, order.Operations[1], "m3", 90);
        after.Operation(order.Operations[1].OperationId)!.Lock.ShouldBe(new OperationLock("m3", Monday.AddMinutes(90)));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void A_move_is_refused_with_the_reason_of_the_member_that_cannot(int members)
    {
        var (a, b) = (Given.Order("a"), Given.Order("b"));
        var facts = Given.Planned(a, b);
        var free = (b.Operations[1], "m3", 200);

        Refused(facts, With("m1", 100, a.Operations[1]), "incompatible-equipment");
        Refused(facts, With("nowhere", 100, a.Operations[1]), "equipment-not-planned");
        Refused(facts, With("m2", -5, a.Operations[1]), "in-the-past");
        Refused(facts, With("m2", 10, a.Operations[1]), "before-predecessor");
        Refused(facts, With("m1", 100, Given.Order("c").Operations[0]), "operation-not-planned");
        Refused(Told(facts, a.Operations[0], o => o with { Lock = new OperationLock("m1", Monday) }),
            With("m1", 100, a.Operations[0]), "operation-locked");
        Refused(Told(facts, a.Operations[0], o => o with { Running = new RunningWork("m1", Monday) }),
            With("m1", 100, a.Operations[0]), "operation-running");
        Refused(facts with { Settings = new PlanningSettings().Change(new ChangeSettings(FrozenMinutes: 15)) },
            With("m1", 100, a.Operations[0]), "frozen");
        Refused(facts with { Demand = [.. facts.Demand.Select(o => o with { ReleaseAt = Monday.AddHours(3) })] },
            With("m1", 100, a.Operations[0]), "before-release");
        Refused(Told(facts, a.Operations[0], o => o with { IsHeld = true }), With("m1", 100, a.Operations[0]), "on-hold");

        PlanStep With(string equipment, int minute, DemandOperation operation) =>
            Move(true, [(operation, equipment, minute), .. new[] { free }.Take(members - 1)]);
    }

    [Fact]
    public void Two_operations_of_one_machine_trade_their_places()
    {
        var (a, b) = (Given.Order("a", remaining: 20), Given.Order("b"));
        var facts = Given.Planned(a, b);
        var (first, second) = InOrder(facts, a.Operations[0], b.Operations[0]);
        var after = After(facts, Step(PlanStepKind.Swap, first, second));
        Row(after, second).StartsAt.ShouldBe(Monday);
        Row(after, first).StartsAt.ShouldBe(
            Later(Row(facts, second).StartsAt, Row(after, second).EndsAt), "where the other was, or as soon as that one lets it");
        after.Operation(first.OperationId)!.Lock.ShouldNotBeNull();

        static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    }

    [Fact]
    public void On_machines_of_different_speed_each_begins_where_the_other_did_and_takes_its_own_time()
    {
        var (a, b) = (Fast("a"), Fast("b"));
        var facts = Given.Facts(a, b) with
        {
            Plan =
            [
                new PlanRow(a.Operations[0].OperationId, a.OrderId, "m2", Monday, Monday, Monday.AddMinutes(10)),
                new PlanRow(b.Operations[0].OperationId, b.OrderId, "m3", Monday.AddMinutes(30), Monday.AddMinutes(30),
                    Monday.AddMinutes(50))
            ]
        };
        var after = After(facts, Step(PlanStepKind.Swap, a.Operations[0], b.Operations[0]));
        IsAt(after, a.Operations[0], "m3", 30);
        IsAt(after, b.Operations[0], "m2", 0);
        (Row(after, a.Operations[0]).EndsAt, Row(after, b.Operations[0]).EndsAt)
            .ShouldBe((Monday.AddMinutes(50), Monday.AddMinutes(10)));

        static DemandOrder Fast(string number) => new(Guid.CreateVersion7(), number, 10, 0, null, null,
            [new DemandOperation(Guid.CreateVersion7(), ["m2", "m3"], 0, 60, 10)
            {
                Code = "op", Alternatives = [new OperationAlternative("m3", 0, 120)]
            }]);
    }

    [Fact]
    public void A_swap_is_refused_where_the_other_place_does_not_suit()
    {
        var (a, b) = (Given.Order("a"), Given.Order("b"));
        var facts = Given.Planned(a, b);
        Refused(facts, Step(PlanStepKind.Swap, a.Operations[0], b.Operations[1]), "incompatible-equipment")
            .Values.ShouldContain(value => value.Name == "allowed");
        Refused(facts, Step(PlanStepKind.Swap, a.Operations[0], Given.Order("c").Operations[0]), "operation-not-planned");
        var (first, second) = InOrder(facts, a.Operations[0], b.Operations[0]);
        Refused(Told(facts, second, o => o with { Lock = new OperationLock("m1", Row(facts, second).StartsAt) }),
            Step(PlanStepKind.Swap, first, second), "operation-locked");
        Refused(Told(facts, first, o => o with { Running = new RunningWork("m1", Monday) }),
            Step(PlanStepKind.Swap, first, second), "operation-running");
        var chain = new DemandOrder(Guid.CreateVersion7(), "c", 1, 0, null, null, [Op("x"), Op("y")]);
        Refused(Given.Planned(chain), Step(PlanStepKind.Swap, [.. chain.Operations]), "before-predecessor");
    }

    static DemandOperation Op(string code) => new(Guid.CreateVersion7(), ["m1"], 0, 600, 1) { Code = code };

    static (DemandOperation, DemandOperation) InOrder(PlanningFacts facts, DemandOperation a, DemandOperation b) =>
        Row(facts, a).StartsAt < Row(facts, b).StartsAt ? (a, b) : (b, a);

    [Fact]
    public void Locking_pins_operations_where_they_are_and_unlocking_lets_them_go()
    {
        var order = Given.Order("a");
        var facts = Given.Planned(order);
        var locked = After(facts, Step(PlanStepKind.Lock, [.. order.Operations]));
        PlanSearch.Places(facts, locked.Plan).ShouldBeTrue();
        foreach (var operation in order.Operations)
        {
            var row = Row(facts, operation);
            locked.Operation(operation.OperationId)!.Lock.ShouldBe(new OperationLock(row.Equipment, row.StartsAt));
        }
        var free = After(locked, Step(PlanStepKind.Unlock, order.Operations[1], Given.Order("b").Operations[0]));
        free.Operation(order.Operations[0].OperationId)!.Lock.ShouldNotBeNull();
        free.Operation(order.Operations[1].OperationId)!.Lock.ShouldBeNull();

        Refused(facts, Step(PlanStepKind.Lock, Given.Order("b").Operations[0]), "operation-not-planned");
        Refused(Told(facts, order.Operations[0], o => o with { Running = new RunningWork("m1", Monday) }),
            Step(PlanStepKind.Lock, order.Operations[0]), "operation-running");
    }

    [Fact]
    public void Calendars_hold_for_every_step()
    {
        var (a, b) = (Given.Order("a"), Given.Order("b"));
        var day = new PlantCapacity
        {
            Calendars = [new WorkCalendar
            {
                Code = "day", Zone = "UTC", ClosedDays = [],
                Shifts = [.. Enumerable.Range(1, 7).Select(d => new WeeklyShift((IsoDayOfWeek)d, new TimeOnly(8, 0), 480))]
            }],
            CalendarOf = new Dictionary<string, string> { ["m1"] = "day", ["m2"] = "day", ["m3"] = "day" }
        };
        var facts = Given.Facts(a, b) with { Capacity = day };
        facts = facts with { Plan = PlanShift.Shift(facts, [], Monday).Rows() };
        Refused(facts, Move(true, (a.Operations[0], "m1", 17 * 60)), "equipment-closed");
        var after = After(facts, Move(true, (a.Operations[0], "m1", 17 * 60), (a.Operations[1], "m2", 17 * 60)));
        IsAt(after, a.Operations[0], "m1", 32 * 60);
        Row(after, a.Operations[1]).StartsAt.ShouldBe(Row(after, a.Operations[0]).EndsAt);
    }
}
