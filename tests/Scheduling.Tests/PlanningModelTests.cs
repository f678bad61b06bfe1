using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine;
using NodaTime;

namespace Mes.Scheduling.Tests;

/// <summary>From demand and capacity to the engine's model.</summary>
public sealed class PlanningModelTests
{
    static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    static DemandOrder Order(string number, decimal remaining = 10, int dueHours = 48, int priority = 0) => new(
        Guid.NewGuid(), number, 10, priority, null, Monday.AddHours(dueHours),
        [new DemandOperation(Guid.NewGuid(), ["m1"], 600, 60, remaining), new DemandOperation(Guid.NewGuid(), ["m2", "m3"], 0, 30, remaining)]);

    static Plan PlanOf(IReadOnlyList<DemandOrder> demand, PlantCapacity? capacity = null)
    {
        var model = PlanningModel.Build(
            demand, capacity ?? new PlantCapacity(new Dictionary<string, WorkCalendar>(), new Dictionary<string, DateTimeOffset?>()), [], Monday);
        var plan = ListPlanner.Plan(model.Compile());
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
        return plan;
    }

    static WorkCalendar DayShift(string zone = "UTC") => new()
    {
        Code = "day", Zone = zone, ClosedDays = [DateOnly.FromDateTime(Monday.UtcDateTime)],
        Shifts = [.. new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday }.Select(day => new WeeklyShift(day, new TimeOnly(8, 0), 480))]
    };

    [Fact]
    public void An_operation_takes_its_setup_and_the_run_time_of_what_remains()
    {
        var order = Order("1", remaining: 4);
        var planned = PlanOf([order]).Operations;
        planned.Select(o => o.EndSeconds - o.StartSeconds).ShouldBe([600 + (4 * 60), 4 * 30]);
        planned[1].StartSeconds.ShouldBe(planned[0].EndSeconds);
    }

    [Fact]
    public void A_rush_order_goes_first_where_both_would_be_late()
    {
        var (normal, rush) = (Order("normal", dueHours: 0), Order("rush", dueHours: 0, priority: 100));
        var plan = PlanOf([normal, rush]);
        Start(plan, rush).ShouldBeLessThan(Start(plan, normal));
    }

    [Fact]
    public void Work_waits_for_the_shift_and_pauses_over_the_night()
    {
        var calendars = new Dictionary<string, WorkCalendar> { ["m1"] = DayShift() };
        var order = Order("1", remaining: 500);     // 30,600 s: longer than a shift of 28,800 s
        var plan = PlanOf([order], new PlantCapacity(calendars, new Dictionary<string, DateTimeOffset?>()));
        Start(plan, order).ShouldBe((24 + 8) * 3600);
        plan.Operations[0].EndSeconds.ShouldBe(((7 * 24) + 8) * 3600 + 600 + (500 * 60) - 28_800);
    }

    [Fact]
    public void Equipment_that_is_down_is_not_used_before_it_is_expected_back()
    {
        var down = new Dictionary<string, DateTimeOffset?> { ["m1"] = Monday.AddHours(5) };
        var order = Order("1");
        Start(PlanOf([order], new PlantCapacity(new Dictionary<string, WorkCalendar>(), down)), order).ShouldBeGreaterThanOrEqualTo(5 * 3600);
    }

    [Fact]
    public void A_shift_is_meant_in_plant_time_also_when_the_clocks_change()
    {
        var calendar = DayShift("Europe/Berlin");
        var winter = calendar.Open(new DateTimeOffset(2026, 3, 23, 0, 0, 0, TimeSpan.Zero), 3).OpenWindows[0];
        var summer = calendar.Open(new DateTimeOffset(2026, 3, 30, 0, 0, 0, TimeSpan.Zero), 3).OpenWindows[0];
        (winter.StartSeconds, summer.StartSeconds).ShouldBe((7 * 3600, 6 * 3600));
    }

    static int Start(Plan plan, DemandOrder order) =>
        plan.Operations.Single(o => o.OperationId == PlanningModel.IdOf(order.Operations[0].OperationId)).StartSeconds;
}
