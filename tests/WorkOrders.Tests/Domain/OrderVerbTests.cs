using Mes.Contracts;
using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>What may be done with an order as a whole; without database.</summary>
public sealed class OrderVerbTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static readonly Routing Routing = new()
    {
        Code = "R", Revision = "1", Product = "P", Policies = new Policies(), Components = [new Component("C", 2, "kg")],
        Steps = [new RoutingStep("turn", ["m1"]), new RoutingStep("pack", ["m2"], IsReceipt: true)]
    };

    static WorkOrder Order(string number = "1", decimal quantity = 10, bool isReleased = true)
    {
        var order = Routing.Order(new OrderRequest(number, null, new OrderDemand(quantity, 7, null, Noon)), "pcs");
        if (isReleased) order.Release();
        return order;
    }

    static void Report(WorkOrder order, decimal good, decimal scrap = 0) => Reporting.Take(
        new ProductionReport
        {
            Id = Guid.NewGuid(), Equipment = "m1", Operator = "O", Good = good, Scrap = scrap, Consumed = [], StartedAt = Noon,
            EndedAt = Noon, ReportedAt = Noon
        }, new ReportingContext
        {
            Order = order, Operation = order.Operations[0], Qualifications = ["m1"], Now = Noon,
            SignOn = new SignOn { Operator = "O", Station = "S", SignedOnAt = Noon },
            ReportedByThen = order.Operations[0].Reported
        });

    static string Refusal(Action action) => Should.Throw<RuleViolation>(action).Code;

    static OrderVerb[] Allowed(WorkOrder order) => [.. order.Verbs().Where(verb => verb.IsAllowed).Select(verb => verb.Verb)];

    [Fact]
    public void What_is_untouched_is_split_off_and_what_was_reported_stays()
    {
        var order = Order();
        Report(order, 3, 1);
        var version = order.Version;

        var other = order.Split(6, "2", null, Routing);

        (order.Quantity, other.Quantity).ShouldBe((4, 6));
        (order.Components[0].Quantity, other.Components[0].Quantity).ShouldBe((8, 12));
        (other.Number, other.Lot, other.Priority, other.DueAt).ShouldBe(("2", "2", 7, Noon));
        (other.Status, other.RoutingRevision, other.Reports).ShouldBe((WorkOrderStatus.Released, "1", 0));
        order.Operations[0].Good.ShouldBe(3);
        order.Version.ShouldBeGreaterThan(version);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public void More_than_is_untouched_is_not_split_off(decimal quantity)
    {
        var order = Order();
        Report(order, 3, 1);
        Refusal(() => order.Split(quantity, "2", null, Routing)).ShouldBe("split-too-large");
        order.Quantity.ShouldBe(10);
    }

    [Fact]
    public void An_order_is_not_split_off_whole_and_a_planned_one_s_part_is_planned()
    {
        Refusal(() => Order().Split(10, "2", null, Routing)).ShouldBe("split-too-large");
        Order(isReleased: false).Split(9, "2", "L", Routing).Status.ShouldBe(WorkOrderStatus.Planned);
    }

    [Fact]
    public void Orders_are_merged_into_one_that_makes_what_all_were_to_make()
    {
        var (order, others) = (Order(), new[] { Order("2", 5), Order("3", 1, isReleased: false) });

        order.Merge(others, Routing);

        (order.Quantity, order.Components[0].Quantity).ShouldBe((16, 32));
        others.ShouldAllBe(other => other.Status == WorkOrderStatus.Cancelled && other.StatusReason == "merged into 1");
    }

    [Fact]
    public void What_has_begun_or_is_made_otherwise_is_not_merged()
    {
        var begun = Order("2");
        Report(begun, 1);
        var other = new Routing
        {
            Code = "R", Revision = "2", Product = "P", Policies = new Policies(), Components = [], Steps = Routing.Steps
        }.Order(new OrderRequest("3", null, new OrderDemand(1, 0, null, null)), "pcs");

        Refusal(() => Order().Merge([begun], Routing)).ShouldBe("order-has-begun");
        Refusal(() => begun.Merge([Order()], Routing)).ShouldBe("order-has-begun");
        Refusal(() => Order().Merge([other], Routing)).ShouldBe("orders-differ");
        var held = Order();
        held.Hold("x");
        Refusal(() => Order().Merge([held], Routing)).ShouldBe("wrong-order-status");
    }

    [Fact]
    public void An_order_tells_what_can_be_done_with_it()
    {
        OrderVerb[] always = [OrderVerb.Copy, OrderVerb.Note];
        var order = Order(isReleased: false);
        Allowed(order).ShouldBe(
            [OrderVerb.Release, OrderVerb.Change, OrderVerb.Split, OrderVerb.Merge, .. always, OrderVerb.Cancel]);
        order.Release();
        Allowed(order).ShouldBe(
            [OrderVerb.Hold, OrderVerb.Change, OrderVerb.Split, OrderVerb.Merge, .. always, OrderVerb.Cancel, OrderVerb.Close]);
        Report(order, 10);
        Allowed(order).ShouldBe([OrderVerb.Hold, OrderVerb.Change, .. always, OrderVerb.Close]);
        order.Hold("x");
        Allowed(order).ShouldBe([OrderVerb.Resume, OrderVerb.Change, .. always, OrderVerb.Close]);
        order.Close("short");
        Allowed(order).ShouldBe(always);
    }

    /// <summary>What an order says beforehand is what it does: each verb that it tells is refused is, by the same code.</summary>
    [Fact]
    public void What_is_told_to_be_refused_is_refused_by_that_code()
    {
        var verbs = new Dictionary<OrderVerb, Action<WorkOrder>>
        {
            [OrderVerb.Release] = order => order.Release(), [OrderVerb.Hold] = order => order.Hold("x"),
            [OrderVerb.Resume] = order => order.Resume(), [OrderVerb.Cancel] = order => order.Cancel("x"),
            [OrderVerb.Close] = order => order.Close("x"), [OrderVerb.Split] = order => order.Split(1, "2", null, Routing),
            [OrderVerb.Merge] = order => order.Merge([Order("2")], Routing),
            [OrderVerb.Change] = order => order.Change(order.Demand with { Priority = 8 }, Routing)
        };
        Func<WorkOrder>[] orders =
        [
            () => Order(isReleased: false), () => Order(), () => Done(order => Report(order, 3)),
            () => Done(order => Report(order, 10)), () => Done(order => order.Hold("x")), () => Done(order => order.Cancel("x")),
            () => Done(order => { Report(order, 1); order.Close("short"); })
        ];
        foreach (var (make, verb) in orders.SelectMany(make => verbs.Keys.Select(verb => (make, verb))))
        {
            var told = make().Verbs().Single(state => state.Verb == verb);
            if (told.IsAllowed) Should.NotThrow(() => verbs[verb](make()));
            else Refusal(() => verbs[verb](make())).ShouldBe(told.Reason);
        }

        static WorkOrder Done(Action<WorkOrder> what)
        {
            var order = Order();
            what(order);
            return order;
        }
    }
}
