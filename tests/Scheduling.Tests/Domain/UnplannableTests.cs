using Mes.Contracts;
using Mes.Kernel;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Verification;
using NodaTime;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>One order that cannot be planned never stops the others.</summary>
public sealed class UnplannableTests
{
    static DateTimeOffset Monday => Given.Monday;

    public static TheoryData<string, string> Kinds => new()
    {
        { "released too late", "release-beyond-horizon" }, { "too many pieces", "no-calendar-time" },
        { "far too many pieces", "longer-than-horizon" }, { "longer than a shift", "longer-than-every-window" },
        { "never open", "no-calendar-time" }, { "no equipment", "no-alternative" },
        { "longest wait below the shortest", "max-lag-below-min-lag" }, { "a circle", "precedence-cycle" },
        { "waits that cannot be kept", "max-lag-unreachable" }, { "two steps of one name", "steps-of-one-name" },
        { "a resource less than none", "out-of-range" }, { "under way for ever", "no-calendar-time" }
    };

    [Theory, MemberData(nameof(Kinds))]
    public void It_is_left_out_and_listed_and_the_others_are_planned_in_full(string kind, string code)
    {
        var (good, bad) = (Given.Order("good"), Bad(kind));
        var facts = Facts(good, bad);
        var shifted = PlanShift.Shift(facts, [], Monday);
        Require(shifted);
        foreach (var purpose in new[] { PlanningPurpose.Full, PlanningPurpose.Improve })
        {
            foreach (var before in new[] { facts, facts with { Plan = shifted.Rows() } })
            {
                var search = PlanSearch.Of(before, purpose, 1, Monday);
                search.Model.Compile().OperationCount.ShouldBe(shifted.Plan.Operations.Count);
                Require(PlanSearch.Better(before, shifted.Rows(), purpose, Monday));
            }
        }
        Promises.Place(facts, Given.Order("asked"), 0, Monday).Unplanned.ShouldContain(step => step.Order == "bad");

        void Require(PlantPlan plan)
        {
            PlanVerifier.Verify(plan.Model, plan.Plan).ShouldBeEmpty();
            var rows = plan.Rows();
            good.Operations.ShouldAllBe(operation => rows.Any(row => row.OperationId == operation.OperationId));
            var step = plan.Facts.Unplanned.ShouldHaveSingleItem();
            (step.Order, step.Code).ShouldBe(("bad", code));
            step.Hint.ShouldNotBeEmpty();
            rows.ShouldNotContain(row => row.OperationId == step.OperationId);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_promise_for_it_says_why(string kind, string code)
    {
        if (kind is "two steps of one name" or "under way for ever") return;     // nobody can ask for these
        var refused = Should.Throw<RuleViolation>(() => Promises.Place(Facts(Given.Order("good")), Bad(kind), 0, Monday));
        refused.Code.ShouldBe(code);
        refused.Values.ShouldContain(value => value.Name == "order");
    }

    [Fact]
    public void What_depends_on_the_step_waits_with_it_and_what_comes_before_is_planned()
    {
        var order = Given.Order("bad");
        var third = new DemandOperation(Guid.CreateVersion7(), ["m2"], 0, 30, 10) { Code = "op3" };
        var plan = PlanShift.Shift(Facts(order with
        {
            Operations = [order.Operations[0], Long(order.Operations[1]), third]
        }), [], Monday);
        plan.Rows().ShouldHaveSingleItem().OperationId.ShouldBe(order.Operations[0].OperationId);
        plan.Facts.Unplanned.ShouldHaveSingleItem().Waiting.ShouldBe(["op3"]);
    }

    [Fact]
    public void What_must_be_followed_within_a_time_is_not_begun_for_a_step_that_cannot_be_planned()
    {
        var order = Given.Order("bad");
        var soon = Long(order.Operations[1]) with { Links = [new OperationLink("op1", MaxLagSeconds: 3600)] };
        var plan = PlanShift.Shift(Facts(order with { Operations = [order.Operations[0], soon] }), [], Monday);
        plan.Rows().ShouldBeEmpty();
        plan.Facts.Unplanned.ShouldHaveSingleItem().Waiting.ShouldBe(["op1"]);
    }

    [Fact]
    public void An_alternative_that_cannot_be_used_is_passed_over()
    {
        var order = Given.Order("1");
        var either = Long(order.Operations[0]) with { Equipment = ["shifts", "m1"] };
        var plan = PlanShift.Shift(Facts(order with { Operations = [either, order.Operations[1]] }), [], Monday);
        plan.Facts.Unplanned.ShouldBeEmpty();
        plan.Rows()[0].Equipment.ShouldBe("m1");
    }

    [Fact]
    public void A_lock_where_it_cannot_be_done_lets_it_go_elsewhere()
    {
        var order = Given.Order("1");
        var pinned = Long(order.Operations[0]) with
        {
            Equipment = ["shifts", "m1"],
            Lock = new OperationLock("shifts", Monday.AddHours(9))
        };
        var plan = PlanShift.Shift(Facts(order with { Operations = [pinned, order.Operations[1]] }), [], Monday);
        plan.Facts.Unplanned.ShouldBeEmpty();
        plan.Rows()[0].Equipment.ShouldBe("m1");
    }

    [Fact]
    public void Of_more_work_than_the_equipment_is_open_for_the_least_urgent_is_left_out()
    {
        // each takes about a tenth of the open time within the plan's reach
        var orders = Enumerable.Range(0, 20).Select(i => Given.Order($"{i:00}") with
        {
            Priority = i,
            Operations = [new DemandOperation(Guid.CreateVersion7(), ["shifts"], 0, 60, 13_000) { Code = "op" }]
        }).ToArray();
        var plan = PlanShift.Shift(Facts(orders), [], Monday);
        PlanVerifier.Verify(plan.Model, plan.Plan).ShouldBeEmpty();
        plan.Rows().Count.ShouldBeInRange(8, 10);
        plan.Facts.Unplanned.ShouldAllBe(step => step.Code == "equipment-overloaded");
        plan.Facts.Unplanned.Select(step => step.Order).ShouldBe(orders.Take(20 - plan.Rows().Count).Select(o => o.Number));
    }

    [Fact]
    public void Where_pieces_of_open_time_are_left_that_nothing_fits_into_the_rest_is_planned_all_the_same()
    {
        // two of three hours never fit a second time into a shift of five: half of what the sum of hours allows
        var orders = Enumerable.Range(0, 400).Select(i => Given.Order($"{i:000}") with
        {
            Operations = [new DemandOperation(Guid.CreateVersion7(), ["shifts"], 0, 1, 18_000)
            {
                Code = "op", IsSplittable = false
            }]
        }).ToArray();
        var plan = PlanShift.Shift(Facts(orders), [], Monday);
        PlanVerifier.Verify(plan.Model, plan.Plan).ShouldBeEmpty();
        plan.Rows().Count.ShouldBeInRange(200, 300);
        (plan.Rows().Count + plan.Facts.Unplanned.Count).ShouldBe(400);
    }

    [Fact]
    public void A_hundred_times_as_many_bad_orders_are_found_as_the_engine_tells_people()
    {
        var bad = Enumerable.Range(0, 1_000).Select(i => Bad("released too late") with { Number = $"{i}" });
        var plan = PlanShift.Shift(Facts([Given.Order("good"), .. bad]), [], Monday);
        (plan.Rows().Count, plan.Facts.Unplanned.Count).ShouldBe((2, 1_000));
    }

    static PlanningFacts Facts(params DemandOrder[] orders) => Given.Facts(orders) with
    {
        Capacity = new PlantCapacity
        {
            Calendars = [Weekdays("shifts", 480), Weekdays("never", 480, [.. Enumerable.Range(-9, 430)
                .Select(day => DateOnly.FromDateTime(Monday.UtcDateTime).AddDays(day))])],
            CalendarOf = new Dictionary<string, string> { ["shifts"] = "shifts", ["never"] = "never" },
            Resources = [new PlantResource("tool", "Tool", capacity: 1)]
        }
    };

    static WorkCalendar Weekdays(string code, int minutes, params DateOnly[] closed) => new()
    {
        Code = code, Zone = "UTC", ClosedDays = closed, Shifts = [.. Enumerable.Range(1, 5)
            .Select(day => new WeeklyShift((IsoDayOfWeek)day, new TimeOnly(8, 0), minutes))]
    };

    static DemandOperation Long(DemandOperation operation) => operation with
    {
        Equipment = ["shifts"],
        RunSecondsPerUnit = 3_060,
        IsSplittable = false
    };

    static DemandOrder Bad(string kind)
    {
        var order = Given.Order("bad");
        var (one, two) = (order.Operations[0], order.Operations[1]);
        return kind switch
        {
            "released too late" => order with { ReleaseAt = Monday.AddDays(800), Operations = [At("shifts"), two] },
            "too many pieces" => order with { Operations = [At("shifts") with { Remaining = 200_000 }, two] },
            "far too many pieces" => order with { Operations = [one with { Remaining = 100_000_000_000 }, two] },
            "longer than a shift" => order with { Operations = [Long(one), two] },
            "never open" => order with { Operations = [At("never") with { IsSplittable = false }, two] },
            "no equipment" => order with { Operations = [one with { Equipment = [] }, two] },
            "longest wait below the shortest" => Linked(new OperationLink("op1", MinLagSeconds: 100, MaxLagSeconds: 50)),
            "a circle" => order with
            {
                Operations = [one with { Links = [new OperationLink("op2")] }, two with { Links = [new OperationLink("op1")] }]
            },
            "waits that cannot be kept" => order with
            {
                Operations = [one, new DemandOperation(Guid.CreateVersion7(), ["m1"], 0, 60, 10) { Code = "between" },
                    two with { Links = [new OperationLink("op1", MaxLagSeconds: 60), new OperationLink("between")] }]
            },
            "two steps of one name" => order with { Operations = [one, two with { Code = "op1" }] },
            "a resource less than none" => order with
            {
                Operations = [one with { Resources = [new ResourceNeed("tool", -1)] }, two]
            },
            "under way for ever" => order with
            {
                Operations = [At("never") with { Running = new RunningWork("never", Monday.AddHours(-1)) }, two]
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind.")
        };

        DemandOperation At(string equipment) => one with { Equipment = [equipment] };

        DemandOrder Linked(OperationLink link) => order with { Operations = [one, two with { Links = [link] }] };
    }
}
