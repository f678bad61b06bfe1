using Mes.Contracts;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using NodaTime;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>Which time a scenario has of its own.</summary>
public class BorrowedTimeRuleTests
{
    static readonly WeeklyShift Night = new(IsoDayOfWeek.Monday, new TimeOnly(20, 0), 120);
    static readonly DemandOrder Order = Given.Order("1");
    static readonly DemandOperation First = Order.Operations[0];

    [Fact]
    public void A_shift_that_only_the_scenario_has_is_borrowed_as_far_as_work_lies_in_it()
    {
        var facts = By(Day("day"), ("m1", "day"));
        Borrowed(Planned(Adding(facts, Night), 20, 21), facts, facts).ShouldBe([new(First.OperationId, "m1", null, "day")]);
        Borrowed(Planned(Adding(facts, Night), 9, 10), facts, facts).ShouldBeEmpty();
        Borrowed(Planned(Adding(facts, Night), 9, 23), facts, facts).Count.ShouldBe(1);
        Borrowed(Planned(Adding(facts, Night), 20, 21), facts, Adding(facts, Night)).ShouldBeEmpty();
    }

    [Fact]
    public void A_holiday_that_came_later_is_not_borrowed()
    {
        var facts = By(Day("day"), ("m1", "day"));
        var holiday = By(Day("day", DateOnly.FromDateTime(Given.Monday.UtcDateTime)), ("m1", "day"));
        Borrowed(Planned(Adding(facts, Night), 9, 10), facts, holiday).ShouldBeEmpty();
        Borrowed(Planned(Adding(facts, Night), 9, 21), facts, holiday).Count.ShouldBe(1);
    }

    [Fact]
    public void Time_of_a_resource_is_borrowed_only_while_the_equipment_works_in_it()
    {
        var people = new PlantResource("welders", "Welders", capacity: 1, "day");
        var needed = Order with { Operations = [First with { Resources = [new ResourceNeed("welders")] }] };
        var facts = Given.Facts(needed) with
        {
            Capacity = new PlantCapacity { Calendars = [Day("day"), Day("short")], Resources = [people] }
        };
        Borrowed(Planned(Adding(facts, Night), 20, 21), facts, facts)
            .ShouldBe([new(First.OperationId, null, "welders", "day")]);
        var apart = facts with { Capacity = facts.Capacity with { CalendarOf = Of(("m1", "short")) } };
        Borrowed(Planned(Adding(apart, Night), 9, 23), apart, apart).ShouldBeEmpty("the machine rests in that shift");
    }

    [Fact]
    public void Time_of_added_equipment_is_the_scenario_s_until_the_plant_s_own_has_it()
    {
        var facts = By(Day("day"), ("m1", "day"));
        facts = facts with { Capacity = facts.Capacity with { Calendars = [Day("day"), Late("late")] } };
        var tried = facts.Apply(new ScenarioChange(ScenarioChangeKind.AddEquipment)
        {
            Equipment = "m9", Like = "m1", Calendar = "late"
        });
        var plan = Planned(tried, 20, 21, "m9");
        Borrowed(plan, facts, Having("day")).ShouldBe([new(First.OperationId, "m9", null, "late")]);
        Borrowed(plan, facts, Having("late")).ShouldBeEmpty();
        Borrowed(plan, facts, facts).ShouldBeEmpty("equipment that has no calendar is always open");

        PlanningFacts Having(string calendar) =>
            facts with { Capacity = facts.Capacity with { CalendarOf = Of(("m1", "day"), ("m9", calendar)) } };
    }

    [Fact]
    public void The_plant_s_calendar_is_that_of_equipment_that_has_none()
    {
        var facts = By(Day("day"));
        facts = facts with { Capacity = facts.Capacity with { DefaultCalendar = "day" } };
        Borrowed(Planned(Adding(facts, Night), 20, 21), facts, facts).Count.ShouldBe(1);
    }

    static IReadOnlyList<BorrowedTime> Borrowed(PlanningFacts tried, PlanningFacts copied, PlanningFacts live) =>
        BorrowedTime.Of(tried, copied, live, Given.Monday);

    static PlanningFacts By(WorkCalendar calendar, params (string, string)[] by) => Given.Facts(Order) with
    {
        Capacity = new PlantCapacity { Calendars = [calendar], CalendarOf = Of(by) }
    };

    static Dictionary<string, string> Of(params (string Equipment, string Calendar)[] by) =>
        by.ToDictionary(own => own.Equipment, own => own.Calendar);

    static PlanningFacts Adding(PlanningFacts facts, WeeklyShift shift) =>
        facts.Apply(new ScenarioChange(ScenarioChangeKind.AddShift) { Calendar = "day", Shift = shift });

    /// <summary>The facts with the first operation planned from one hour of Monday to another.</summary>
    static PlanningFacts Planned(PlanningFacts facts, int from, int until, string equipment = "m1")
    {
        var (start, end) = (Given.Monday.AddHours(from), Given.Monday.AddHours(until));
        return facts with { Plan = [new PlanRow(First.OperationId, Order.OrderId, equipment, start, start, end)] };
    }

    static WorkCalendar Day(string code, params DateOnly[] closed) => Told(code, "08:00", "16:00", closed);

    static WorkCalendar Late(string code) => Told(code, "16:00", "24:00");

    static WorkCalendar Told(string code, string start, string end, params DateOnly[] closed) => new()
    {
        Code = code, Version = 1, Zone = "UTC",
        Patterns = [new CalendarPattern(new DateOnly(2020, 1, 1), [[new CalendarShift(code, start, end)]])],
        Exceptions = [.. closed.Select(day => new CalendarException(day, []))]
    };
}
