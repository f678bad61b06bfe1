using Mes.Contracts;
using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>The rules for reports, without database.</summary>
public sealed class ReportingTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static WorkOrder Order(Policies? policies = null, decimal quantity = 10)
    {
        var order = Planned(policies, quantity);
        order.Release();
        return order;
    }

    static WorkOrder Planned(Policies? policies = null, decimal quantity = 10)
    {
        var routing = new Routing
        {
            Code = "R", Revision = "1", Product = "P", Policies = policies ?? new Policies(), Components = [],
            Steps = [new RoutingStep("turn", ["m1"]), new RoutingStep("pack", ["m2"], IsReceipt: true)]
        };
        return routing.Order(new OrderRequest("1", null, new OrderDemand(quantity, 0, null, null)), "pcs");
    }

    static WorkOrder In(WorkOrderStatus status)
    {
        var (order, received) = (Order(), status == WorkOrderStatus.ClosedShort ? 9 : 10);
        switch (status)
        {
            case WorkOrderStatus.Planned:
                return Planned();
            case WorkOrderStatus.OnHold:
                order.Hold("x");
                break;
            case WorkOrderStatus.Cancelled:
                order.Cancel("x");
                break;
            case WorkOrderStatus.Completed or WorkOrderStatus.ClosedShort:
                Reporting.Take(Report(received), Context(order));
                Reporting.Take(Report(received, equipment: "m2"), Context(order, 1));
                if (status == WorkOrderStatus.ClosedShort) order.Close("x");
                break;
        }
        order.Status.ShouldBe(status);
        return order;
    }

    static ReportingContext Context(WorkOrder order, int operation = 0) => new()
    {
        Order = order, Operation = order.Operations[operation], Qualifications = ["m1", "m2"], Now = Noon,
        SignOn = new SignOn { Operator = "O", Station = "S", SignedOnAt = Noon.AddHours(-8) },
        ReportedByThen = order.Operations[operation].Reported, Predecessor = order.Operations.ElementAtOrDefault(operation - 1),
        DeliveredByThen = operation == 0 ? null : order.Operations[operation - 1].Good
    };

    static ProductionReport Report(decimal good = 0, decimal scrap = 0, string equipment = "m1", int minutesAgo = 60) => new()
    {
        Id = Guid.NewGuid(), Equipment = equipment, Operator = "O", Good = good, Scrap = scrap, Consumed = [],
        StartedAt = Noon.AddMinutes(-minutesAgo), EndedAt = Noon.AddMinutes(-minutesAgo + 30), ReportedAt = Noon
    };

    static string Refusal(Action action) => Should.Throw<RuleViolation>(action).Code;

    [Fact]
    public void A_report_adds_to_its_operation()
    {
        var order = Order();
        Reporting.Take(Report(4, 1), Context(order)).ShouldBeEmpty();
        order.Operations[0].Progress.ShouldBe(new OperationProgress(order.Operations[0].Id, OperationStatus.Started, 4, 1, 0));
        order.Reports.ShouldBe(1);
    }

    [Theory]
    [InlineData(1_000_000_000, 1, null)]
    [InlineData(1_000_000_000, 2, "component-quantity-too-large")]
    public void An_order_that_needs_more_of_a_component_than_stock_can_hold_is_refused(int perUnit, int quantity, string? refusal)
    {
        var routing = new Routing
        {
            Code = "R", Revision = "1", Product = "P", Policies = new Policies(),
            Steps = [new RoutingStep("turn", ["m1"], IsReceipt: true)],
            Components = [new Component("C", perUnit, "pcs")]
        };
        var order = () => { _ = routing.Order(new OrderRequest("1", null, new OrderDemand(quantity, 0, null, null)), "pcs"); };
        if (refusal is null)
        {
            order();
        }
        else
        {
            Refusal(order).ShouldBe(refusal);
        }
    }

    [Theory]
    [InlineData(WorkOrderStatus.Completed, 1, WorkOrderStatus.Released)]
    [InlineData(WorkOrderStatus.Completed, 0, WorkOrderStatus.Completed)]
    [InlineData(WorkOrderStatus.ClosedShort, 1, WorkOrderStatus.ClosedShort)]
    public void An_order_is_open_again_once_an_undoing_leaves_it_below_its_quantity(
        WorkOrderStatus status, int undone, WorkOrderStatus expected)
    {
        var order = In(status);
        var (received, version) = (order.Received, order.Version);
        Reporting.TakeBack(Report(undone).Counter(Guid.NewGuid(), Noon), order, order.Operations[1]);
        (order.Status, order.Received, order.Version).ShouldBe((expected, received - undone, version + 1));
    }

    [Fact]
    public void A_report_without_quantity_is_legal() => Reporting.Take(Report(), Context(Order())).ShouldBeEmpty();

    [Fact]
    public void The_receipt_operation_receives_and_completes_the_order_by_quantity()
    {
        var order = Order();
        Reporting.Take(Report(10), Context(order));
        Reporting.Take(Report(10, equipment: "m2"), Context(order, 1));
        (order.Received, order.Status, order.Operations[1].Status)
            .ShouldBe((10, WorkOrderStatus.Completed, OperationStatus.Done));
    }

    [Fact]
    public void An_order_that_does_not_complete_by_quantity_stays_open()
    {
        var order = Order(new Policies(CompletesByQuantity: false));
        Reporting.Take(Report(10), Context(order));
        order.Operations[0].Status.ShouldBe(OperationStatus.Started);
    }

    [Theory]
    [InlineData(Enforcement.Block, "ahead-of-predecessor")]
    [InlineData(Enforcement.Warn, null)]
    [InlineData(Enforcement.Off, null)]
    public void Pieces_that_the_operation_before_has_not_delivered(Enforcement enforcement, string? refusal)
    {
        var order = Order(new Policies(Sequence: enforcement));
        if (refusal is not null)
        {
            Refusal(() => Reporting.Take(Report(1, equipment: "m2"), Context(order, 1))).ShouldBe(refusal);
            order.Operations[1].Good.ShouldBe(0);
            return;
        }
        var found = Reporting.Take(Report(1, equipment: "m2"), Context(order, 1));
        found.ShouldBe(enforcement == Enforcement.Warn ? [DiscrepancyKinds.Sequence] : []);
    }

    [Fact]
    public void A_setup_is_not_refused_for_what_was_finished_before_it()
    {
        var order = Order();
        Reporting.Take(Report(equipment: "m2"), Context(order, 1) with { ReportedByThen = new Pieces(3, 0, 0, 0) })
            .ShouldBe([DiscrepancyKinds.Sequence]);
    }

    [Theory]
    [InlineData(0, 11, true)]
    [InlineData(10, 11, false)]
    [InlineData(10, 11.1, true)]
    [InlineData(0, 10, false)]
    public void More_than_ordered_beyond_the_tolerance(double tolerancePercent, double good, bool isOver)
    {
        var order = Order(new Policies(OverQuantity: Enforcement.Warn, OverQuantityTolerancePercent: (decimal)tolerancePercent));
        Reporting.Take(Report((decimal)good), Context(order)).ShouldBe(isOver ? [DiscrepancyKinds.OverQuantity] : []);
    }

    [Fact]
    public void More_than_ordered_is_refused_where_the_policy_blocks() =>
        Refusal(() => Reporting.Take(Report(11), Context(Order()))).ShouldBe("over-quantity");

    [Fact]
    public void An_operator_without_qualification_is_refused_or_recorded()
    {
        var strict = Order();
        Refusal(() => Reporting.Take(Report(1), Context(strict) with { Qualifications = [] })).ShouldBe("operator-not-qualified");
        var lenient = Order(new Policies(Qualification: Enforcement.Warn));
        Reporting.Take(Report(1), Context(lenient) with { Qualifications = [] }).ShouldBe([DiscrepancyKinds.Qualification]);
    }

    [Fact]
    public void Missing_material_is_recorded_or_refused()
    {
        Reporting.Take(Report(1), Context(Order()) with { IsMaterialShort = true }).ShouldBe([DiscrepancyKinds.Material]);
        Refusal(() => Reporting.Take(Report(1),
            Context(Order(new Policies(Material: Enforcement.Block))) with { IsMaterialShort = true }))
                .ShouldBe("material-missing");
    }

    [Fact]
    public void Work_that_began_after_Quality_stopped_the_operation_is_refused_and_work_before_is_taken()
    {
        var context = Context(Order()) with { BlockedSince = Noon.AddMinutes(-45) };
        Reporting.Take(Report(1, minutesAgo: 60), context).ShouldBeEmpty();
        Refusal(() => Reporting.Take(Report(1, minutesAgo: 30), context)).ShouldBe("operation-on-quality-hold");
    }

    [Fact]
    public void Work_on_equipment_that_is_down_is_recorded() =>
        Reporting.Take(Report(1), Context(Order()) with { IsEquipmentDown = true }).ShouldBe([DiscrepancyKinds.EquipmentDown]);

    [Fact]
    public void Equipment_that_nobody_knows_is_refused() =>
        Refusal(() => Reporting.Take(Report(1, equipment: "m9"), Context(Order()))).ShouldBe("equipment-not-found");

    [Fact]
    public void An_end_in_the_future_is_refused_beyond_the_clock_tolerance()
    {
        Reporting.Take(Report(1, minutesAgo: 26), Context(Order())).ShouldBeEmpty();
        Refusal(() => Reporting.Take(Report(1, minutesAgo: 24), Context(Order()))).ShouldBe("report-in-the-future");
    }

    [Fact]
    public void An_entry_is_judged_by_the_sign_on_at_its_own_time()
    {
        var signedOff = new SignOn { Operator = "O", Station = "S", SignedOnAt = Noon.AddHours(-8) };
        signedOff.SignOff(Noon.AddMinutes(-50));
        Reporting.Take(Report(1, minutesAgo: 60), Context(Order()) with { SignOn = signedOff }).ShouldBeEmpty();
        Refusal(() => Reporting.Take(Report(1, minutesAgo: 40), Context(Order()) with { SignOn = signedOff }))
            .ShouldBe("not-signed-on");
        Refusal(() => Reporting.Take(Report(1, minutesAgo: 600), Context(Order()) with { SignOn = signedOff }))
            .ShouldBe("not-signed-on");
    }

    [Fact]
    public void Reports_on_a_closed_or_held_order_are_taken_and_recorded_and_on_a_planned_one_refused()
    {
        var held = Order();
        held.Hold("crack found");
        Reporting.Take(Report(1), Context(held)).ShouldBe([DiscrepancyKinds.OrderNotOpen]);
        var closed = Order();
        closed.Close("enough");
        Reporting.Take(Report(1), Context(closed)).ShouldBe([DiscrepancyKinds.OrderNotOpen]);
        var cancelled = Order();
        cancelled.Cancel("mistake");
        Refusal(() => Reporting.Take(Report(1), Context(cancelled))).ShouldBe("order-not-released");
    }

    [Fact]
    public void A_counter_report_undoes_every_quantity()
    {
        var report = Report(3, 2);
        var counter = report.Counter(Guid.NewGuid(), Noon);
        (counter.Reverses, counter.Good, counter.Scrap, counter.StartedAt, counter.EndedAt)
            .ShouldBe((report.Id, -3, -2, report.StartedAt, report.EndedAt));
    }

    [Fact]
    public void Every_change_of_status_is_allowed_or_refused_as_the_table_says()
    {
        (string Verb, Action<WorkOrder> Do)[] verbs =
        [
            ("release", o => o.Release()), ("hold", o => o.Hold("x")), ("resume", o => o.Resume()),
            ("cancel", o => o.Cancel("x")),
            ("close", o => o.Close("x"))
        ];
        var allowed = new Dictionary<WorkOrderStatus, string[]>
        {
            [WorkOrderStatus.Planned] = ["release", "cancel"],
            [WorkOrderStatus.Released] = ["hold", "cancel", "close"],
            [WorkOrderStatus.OnHold] = ["resume", "cancel", "close"],
            [WorkOrderStatus.Completed] = [], [WorkOrderStatus.ClosedShort] = [], [WorkOrderStatus.Cancelled] = []
        };
        foreach (var (status, can) in allowed)
        {
            foreach (var (verb, change) in verbs)
            {
                var order = In(status);
                var version = order.Version;
                if (can.Contains(verb))
                {
                    change(order);
                    order.Version.ShouldBe(version + 1, $"{verb} on {status}");
                }
                else
                {
                    Refusal(() => change(order)).ShouldBe(
                        verb == "cancel" && order.Reports > 0 ? "order-has-reports" : "wrong-order-status",
                        $"{verb} on {status}");
                    order.Version.ShouldBe(version);
                }
            }
        }
    }

    [Fact]
    public void Closing_short_needs_a_reason_and_cancelling_an_order_without_reports()
    {
        Refusal(() => Order().Close(null)).ShouldBe("quantity-not-reached");
        var worked = Order();
        Reporting.Take(Report(1), Context(worked));
        Refusal(() => worked.Cancel("x")).ShouldBe("order-has-reports");
    }
}
