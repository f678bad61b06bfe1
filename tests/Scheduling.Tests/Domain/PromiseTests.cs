using Mes.Contracts;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>A promised date names what the order waits for.</summary>
public sealed class PromiseTests
{
    static readonly PlantCapacity EightToFour = new()
    {
        Calendars = [new WorkCalendar
        {
            Code = "day", Zone = "UTC", Shifts = [.. Enum.GetValues<NodaTime.IsoDayOfWeek>().Skip(1)
                .Select(day => new WeeklyShift(day, new TimeOnly(8, 0), 480))]
        }],
        CalendarOf = new Dictionary<string, string> { ["m1"] = "day" }
    };

    static DemandOrder Asked(DateTimeOffset? releaseAt, params RoutedOperation[] operations) =>
        RoutedDemand.Of(Guid.NewGuid(), "promise", 10, releaseAt, operations);

    static PromisedDate Place(PlanningFacts facts, DemandOrder order) => Promises.Place(facts, order, 1, Given.Monday);

    [Fact]
    public void Equipment_on_which_others_are_planned_is_the_bottleneck()
    {
        // m1 works 1,200 s for each of three orders; m2 and m3 are nearly idle
        var facts = Given.Planned(Given.Order("a"), Given.Order("b"), Given.Order("c"));
        var promise = Place(facts, Asked(null, new("cut", ["m1"], null, 0, 60), new("pack", ["m2", "m3"], null, 0, 30)));
        promise.Bottleneck.ShouldBe(new PromiseBottleneck("m1", null, 3_600, 0));
        var (cut, pack) = (promise.Operations[0], promise.Operations[1]);
        (cut.ReadyAt, cut.WaitSeconds, cut.WaitsFor).ShouldBe((Given.Monday, 3_600, "Equipment"));
        (pack.ReadyAt, pack.WaitSeconds).ShouldBe((cut.EndsAt, 0));
    }

    [Fact]
    public void Time_before_its_release_is_no_wait_and_an_idle_plant_has_no_bottleneck()
    {
        var promise = Place(Given.Facts(), Asked(Given.Monday.AddHours(5), new RoutedOperation("cut", ["m1"], null, 0, 60)));
        promise.Bottleneck.ShouldBeNull();
        promise.Operations[0].ReadyAt.ShouldBe(Given.Monday.AddHours(5));
        promise.Operations[0].SetupStartsAt.ShouldBe(Given.Monday.AddHours(5));
    }

    [Fact]
    public void Of_the_wait_is_told_how_much_the_equipment_is_closed()
    {
        var facts = Given.Facts() with { Capacity = EightToFour };
        var promise = Place(facts, Asked(null, new RoutedOperation("cut", ["m1"], null, 0, 60)));
        promise.Bottleneck.ShouldBe(new PromiseBottleneck("m1", null, 8 * 3_600, 8 * 3_600));
    }

    [Fact]
    public void A_resource_that_others_use_is_named_before_the_equipment()
    {
        var mould = new ResourceNeed("mould");
        var busy = Given.Order("busy") with
        {
            Operations = [new DemandOperation(Guid.CreateVersion7(), ["m1"], 0, 60, 100) { Code = "op", Resources = [mould] }]
        };
        var capacity = new PlantCapacity { Resources = [new PlantResource("mould", "Mould", 1, null)] };
        var facts = Given.Facts(busy) with { Capacity = capacity };
        facts = facts with { Plan = PlanShift.Shift(facts, [], Given.Monday).Rows() };
        var promise = Place(facts, Asked(null, new RoutedOperation("press", ["m9"], null, 0, 60, Resources: [mould])));
        promise.Bottleneck.ShouldBe(new PromiseBottleneck(null, "mould", 6_000, 0));
    }
}
