using Mes.Contracts;
using Mes.Scheduling.Domain;
using NodaTime;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>Nothing waits without cause once it is planned anew, and begun work keeps its machine or pays its setup.</summary>
public sealed class CompactionTests
{
    static DateTimeOffset Monday => Given.Monday;

    static DemandOrder One(string number, int hours, DateTimeOffset? due = null) => new(
        Guid.CreateVersion7(), number, 1, 0, null, due,
        [new DemandOperation(Guid.CreateVersion7(), ["m1"], 0, hours * 3600, 1) { Code = "op" }]);

    static PlanRow Idle(DemandOrder order, int hours) => new(order.Operations[0].OperationId, order.OrderId, "m1",
        Monday.AddHours(10), Monday.AddHours(10), Monday.AddHours(10 + hours));

    [Theory, InlineData(PlanningPurpose.Full), InlineData(PlanningPurpose.Improve)]
    public void A_plant_without_orders_has_a_plan_without_operations(PlanningPurpose purpose) =>
        PlanSearch.Better(Given.Facts(), [], purpose, Monday).Rows().ShouldBeEmpty();

    [Theory, InlineData(PlanningPurpose.Full), InlineData(PlanningPurpose.Improve)]
    public void What_has_no_due_date_moves_into_the_time_that_became_free(PlanningPurpose purpose)
    {
        var order = One("B", 1);
        var facts = Given.Facts(order) with { Plan = [Idle(order, 1)] };
        var row = PlanSearch.Better(facts, facts.Plan, purpose, Monday).Rows().Single();
        (row.StartsAt, row.WaitsFor).ShouldBe((Monday, "Nothing"));
    }

    [Theory, InlineData(PlanningPurpose.Full), InlineData(PlanningPurpose.Improve)]
    public void What_waited_for_the_end_of_a_holiday_moves_into_it_once_it_is_withdrawn(PlanningPurpose purpose)
    {
        DemandOrder[] orders = [One("A", 3, Monday.AddDays(3)), One("B", 2), One("C", 1)];
        var shut = Given.Facts(orders) with { Capacity = Open(closed: [new DateOnly(2026, 3, 2)]) };
        var before = PlanSearch.Better(shut, [], PlanningPurpose.Full, Monday).Rows();
        before.Min(row => row.StartsAt).ShouldBe(Monday.AddDays(1));

        var after = PlanSearch.Better(shut with { Capacity = Open([]), Plan = before }, before, purpose, Monday).Rows();

        after.Where(row => row.OrderId != orders[0].OrderId).ShouldAllBe(row => row.EndsAt <= Monday.AddHours(6));
        after.Where(row => row.WaitsFor == "Sequence").ShouldAllBe(row => row.WaitsOn != null);

        static PlantCapacity Open(DateOnly[] closed) => new()
        {
            Calendars = [new WorkCalendar
            {
                Code = "all", Zone = "UTC", ClosedDays = closed,
                Shifts = [.. Enumerable.Range(1, 7).Select(day => new WeeklyShift((IsoDayOfWeek)day, default, 1_440))]
            }],
            CalendarOf = new Dictionary<string, string> { ["m1"] = "all" }
        };
    }

    [Fact]
    public void Near_the_plan_in_force_what_is_due_later_keeps_its_place_and_says_so()
    {
        var order = One("B", 1, Monday.AddDays(2));
        var facts = Given.Facts(order) with { Plan = [Idle(order, 1)] };
        var row = PlanSearch.Better(facts, facts.Plan, PlanningPurpose.Improve, Monday).Rows().Single();
        (row.StartsAt, row.WaitsFor, row.WaitsOn).ShouldBe((Monday.AddHours(10), "EarlierPlan", null));
    }

    [Fact]
    public void An_answer_to_an_event_moves_nothing_up()
    {
        var order = One("B", 1);
        var facts = Given.Facts(order) with { Plan = [Idle(order, 1)] };
        PlanShift.Shift(facts, facts.Plan, Monday).Rows().Single().StartsAt.ShouldBe(Monday.AddHours(10));
    }

    [Fact]
    public void What_is_bound_by_a_longest_wait_moves_as_one()
    {
        var order = Given.Order("1") with { DueAt = null };
        var second = order.Operations[1] with { Links = [new OperationLink("op1", MaxLagSeconds: 60)] };
        order = order with { Operations = [order.Operations[0], second] };
        var facts = Given.Facts(order);
        var late = PlanShift.Shift(facts, [], Monday.AddHours(10)).Rows();
        var rows = PlanSearch.Better(facts with { Plan = late }, late, PlanningPurpose.Full, Monday).Rows();
        rows.Min(row => row.StartsAt).ShouldBe(Monday);
        (rows[1].StartsAt - rows[0].EndsAt).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Nothing_moves_up_into_the_frozen_zone()
    {
        var order = One("B", 1);
        var facts = Given.Facts(order) with
        {
            Plan = [Idle(order, 1)],
            Settings = new PlanningSettings().Change(new ChangeSettings(FrozenMinutes: 120))
        };
        PlanSearch.Better(facts, facts.Plan, PlanningPurpose.Full, Monday).Rows().Single().StartsAt
            .ShouldBe(Monday.AddHours(2));
    }

    [Theory, InlineData("A", 5_400), InlineData("B", 7_200 + 5_400)]
    public void Begun_work_needs_its_setup_anew_wherever_nothing_is_set_up_for_it(string equipment, int seconds)
    {
        var order = One("1", 0);
        var begun = new DemandOperation(Guid.CreateVersion7(), [equipment], 7_200, 600, 9) { Code = "op", SetUpAt = ["A"] };
        var row = PlanShift.Shift(Given.Facts(order with { Operations = [begun] }), [], Monday).Rows().Single();
        (row.EndsAt - row.StartsAt).ShouldBe(TimeSpan.FromSeconds(seconds));
    }
}
