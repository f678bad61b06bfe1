using Mes.Scheduling.Domain;
using static Mes.Scheduling.Tests.Domain.Steps;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>Orders go to one side, and operations out of the plan and back, or it is refused with the reason.</summary>
public sealed class PlaceOrderTests
{
    static DateTimeOffset Monday => Given.Monday;

    [Fact]
    public void What_is_taken_out_goes_with_what_follows_it_and_stays_out_of_every_run()
    {
        var (a, b) = (Given.Order("a"), Given.Order("b"));
        var facts = Given.Planned(a, b);
        var result = Step(PlanStepKind.Unplan, a.Operations[0]).Take(facts, Monday);
        result.Facts.Plan.Select(row => row.OrderId).Distinct().ShouldBe([b.OrderId]);
        PlanSearch.Places(facts with { Plan = [.. facts.Plan.Where(row => row.OrderId == b.OrderId)] }, result.Facts.Plan)
            .ShouldBeTrue("the others stay where they are");
        var told = result.Plan.Facts.Unplanned.ShouldHaveSingleItem();
        (told.Code, told.Operation, told.Order).ShouldBe(("taken-out", "op1", "a"));
        told.Waiting.ShouldBe(["op2"]);

        PlanSearch.Of(result.Facts, PlanningPurpose.Full, 1, Monday).Model.Jobs.SelectMany(job => job.Operations).Count()
            .ShouldBe(2);
        var full = PlanSearch.Better(result.Facts, [], PlanningPurpose.Full, Monday);
        full.Rows().ShouldAllBe(row => row.OrderId == b.OrderId);
        full.Facts.Unplanned.ShouldHaveSingleItem().Code.ShouldBe("taken-out");
    }

    [Fact]
    public void What_is_planned_again_joins_where_there_is_room()
    {
        var (a, b) = (Given.Order("a"), Given.Order("b"));
        var facts = Given.Planned(a, b);
        var last = Row(facts, a.Operations[0]).StartsAt == Monday ? b : a;
        var without = After(facts, Step(PlanStepKind.Unplan, last.Operations[1]));
        without.Plan.Count.ShouldBe(3);
        var again = After(without, Step(PlanStepKind.PlanAgain, last.Operations[1]));
        Row(again, last.Operations[1]).StartsAt.ShouldBe(Row(again, last.Operations[0]).EndsAt);
        again.Operation(last.Operations[1].OperationId)!.IsTakenOut.ShouldBeFalse();
        PlanSearch.Places(without, [.. again.Plan.Where(row => row.OperationId != last.Operations[1].OperationId)])
            .ShouldBeTrue();

        Refused(without, Step(PlanStepKind.PlanAgain, last.Operations[0]), "not-taken-out");
        Refused(without, Step(PlanStepKind.Unplan, last.Operations[1]), "operation-not-planned")
            .Values.ShouldContain(("reason", (object?)"taken-out"));
    }

    [Fact]
    public void What_runs_is_locked_or_frozen_is_not_taken_out_nor_what_it_follows()
    {
        var order = Given.Order("a");
        var facts = Given.Planned(order);
        var (first, second) = (order.Operations[0], order.Operations[1]);
        Refused(Told(facts, second, o => o with { Lock = new OperationLock("m2", Row(facts, second).StartsAt) }),
            Step(PlanStepKind.Unplan, first), "operation-locked");
        Refused(Told(facts, first, o => o with { Running = new RunningWork("m1", Monday) }),
            Step(PlanStepKind.Unplan, first), "operation-running");
        Refused(facts with { Settings = new PlanningSettings().Change(new ChangeSettings(FrozenMinutes: 15)) },
            Step(PlanStepKind.Unplan, first), "frozen");
    }

    [Fact]
    public void Work_that_begins_on_what_was_taken_out_is_planned()
    {
        var order = Given.Order("a");
        var facts = Told(Given.Planned(order), order.Operations[0],
            o => o with { IsTakenOut = true, Running = new RunningWork("m1", Monday) });
        var plan = PlanShift.Shift(facts, facts.Plan, Monday);
        plan.Rows().Count.ShouldBe(2);
        plan.Facts.Unplanned.ShouldBeEmpty();
    }

    [Theory, InlineData(OrderSide.Earliest), InlineData(OrderSide.Latest)]
    public void An_order_goes_to_one_side_and_nobody_else_moves(OrderSide side)
    {
        var orders = Enumerable.Range(0, 6).Select(i => Given.Order($"{i}", dueHours: 5)).ToArray();
        var facts = Given.Planned(orders);
        var apart = After(facts, Move(false, (orders[3].Operations[0], "m1", 150), (orders[3].Operations[1], "m2", 190)));

        var after = After(apart, Place(orders[3], side));

        PlanSearch.Places(Others(apart), Others(after).Plan).ShouldBeTrue();
        var (first, last) = (Row(after, orders[3].Operations[0]), Row(after, orders[3].Operations[1]));
        if (side == OrderSide.Earliest)
        {
            last.EndsAt.ShouldBeLessThan(Row(apart, orders[3].Operations[1]).EndsAt);
            last.StartsAt.ShouldBe(first.EndsAt);
        }
        else
        {
            (first.StartsAt, last.EndsAt).ShouldBe((Monday.AddMinutes(300 - 5 - 20), Monday.AddMinutes(300)));
        }
        after.Operation(orders[3].Operations[0].OperationId)!.Lock.ShouldNotBeNull();

        PlanningFacts Others(PlanningFacts of) => of with { Plan = [.. of.Plan.Where(row => row.OrderId != orders[3].OrderId)] };
    }

    [Fact]
    public void An_order_that_is_late_without_need_goes_before_its_due_date()
    {
        var order = Given.Order("a", dueHours: 2);
        var late = After(Given.Planned(order), Move(false, (order.Operations[1], "m2", 180)));
        var after = After(late, Place(order, OrderSide.Latest));
        Row(after, order.Operations[1]).EndsAt.ShouldBe(Monday.AddHours(2));
    }

    [Fact]
    public void A_pinned_operation_stays_when_its_order_is_placed()
    {
        var order = Given.Order("a");
        var facts = After(Given.Planned(order), Move(true, (order.Operations[1], "m2", 180)));
        var after = After(facts, Place(order, OrderSide.Latest));
        IsAt(after, order.Operations[1], "m2", 180);
        Row(after, order.Operations[0]).EndsAt.ShouldBe(Monday.AddMinutes(180));
    }

    [Fact]
    public void An_order_is_placed_neither_without_a_due_date_nor_where_that_cannot_be_met_nor_where_nothing_may_move()
    {
        var order = Given.Order("a");
        var facts = Given.Planned(order);
        Refused(facts with { Demand = [order with { DueAt = null }] }, Place(order, OrderSide.Latest), "no-due-date");
        Refused(facts with { Demand = [order with { DueAt = Monday.AddMinutes(24) }] }, Place(order, OrderSide.Latest),
            "due-date-missed");
        Refused(facts, Place(Given.Order("b"), OrderSide.Earliest), "order-not-planned");
        Refused(After(facts, Step(PlanStepKind.Lock, [.. order.Operations])), Place(order, OrderSide.Earliest),
            "nothing-to-place");
    }
}
