using Mes.Contracts;
using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>What is wanted of an open order changes, and what can still come to its operations; without database.</summary>
public sealed class OrderDemandTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static readonly Routing Routing = new()
    {
        Code = "R", Revision = "1", Product = "P", Policies = new Policies(), Components = [new Component("C", 2, "kg")],
        Steps = [new RoutingStep("turn", ["m1"]), new RoutingStep("pack", ["m2"], IsReceipt: true)]
    };

    readonly WorkOrder _order = Released(10);

    static WorkOrder Released(decimal quantity)
    {
        var order = Routing.Order(new OrderRequest("1", null, new OrderDemand(quantity, 0, null, null)), "pcs");
        order.Release();
        return order;
    }

    ProductionReport Take(int operation, decimal good, decimal scrap = 0, decimal nonconforming = 0, bool isRework = false)
    {
        var report = new ProductionReport
        {
            Id = Guid.NewGuid(), Equipment = operation == 0 ? "m1" : "m2", Operator = "O", Good = good, Scrap = scrap,
            Nonconforming = nonconforming, IsRework = isRework, Consumed = [], StartedAt = Noon, EndedAt = Noon, ReportedAt = Noon
        };
        Reporting.Take(report, new ReportingContext
        {
            Order = _order, Operation = _order.Operations[operation], Qualifications = ["m1", "m2"], Now = Noon,
            SignOn = new SignOn { Operator = "O", Station = "S", SignedOnAt = Noon },
            ReportedByThen = _order.Operations[operation].Reported,
            Predecessor = _order.Operations.ElementAtOrDefault(operation - 1),
            DeliveredByThen = operation == 0 ? null : _order.Operations[operation - 1].Good
        });
        _order.ReconsiderAfter(_order.Operations[operation]);
        return report;
    }

    void TakeBack(ProductionReport report, int operation)
    {
        Reporting.TakeBack(report.Counter(Guid.NewGuid(), Noon), _order, _order.Operations[operation]);
        _order.ReconsiderAfter(_order.Operations[operation]);
    }

    OperationStatus[] Statuses => [.. _order.Operations.Select(operation => operation.Status)];

    static string Refusal(Action action) => Should.Throw<RuleViolation>(action).Code;

    [Fact]
    public void An_operation_whose_only_report_was_taken_back_waits_again_and_the_order_may_be_cancelled()
    {
        var report = Take(0, 4);
        TakeBack(report, 0);
        _order.Operations[0].Status.ShouldBe(OperationStatus.Waiting);
        _order.ToContract().Operations[0].IsStarted.ShouldBeFalse();
        _order.Cancel("mistake");
    }

    [Fact]
    public void An_operation_with_another_report_stays_started_and_the_order_cannot_be_cancelled()
    {
        Take(0, 1);
        TakeBack(Take(0, 4), 0);
        _order.Operations[0].Status.ShouldBe(OperationStatus.Started);
        Refusal(() => _order.Cancel("x")).ShouldBe("order-has-reports");
    }

    [Fact]
    public void Only_an_operation_that_is_done_is_opened_again_as_what_it_was()
    {
        var operation = _order.Operations[0];
        Refusal(() => operation.Reopen()).ShouldBe("operation-not-done");
        operation.Complete();
        operation.Reopen().ShouldBeTrue();
        operation.Status.ShouldBe(OperationStatus.Waiting);
        Take(0, 1);
        operation.Reopen().ShouldBeFalse();
        operation.Complete();
        operation.Reopen();
        operation.Status.ShouldBe(OperationStatus.Started);
    }

    [Fact]
    public void Where_the_rest_is_scrap_nothing_more_is_waited_for_and_the_order_can_be_closed()
    {
        var version = _order.Version;
        Take(0, 8, scrap: 2);
        Take(1, 8);
        Statuses.ShouldBe([OperationStatus.Done, OperationStatus.Done]);
        _order.Version.ShouldBeGreaterThan(version);       // so that the plan drops what will not come
        _order.Close(null);
        (_order.Status, _order.StatusReason).ShouldBe((WorkOrderStatus.ClosedShort, "all operations are done"));
    }

    [Fact]
    public void It_makes_no_difference_whether_the_scrap_is_told_before_or_after_the_next_operation()
    {
        Take(0, 8);
        Take(1, 8);
        Statuses.ShouldBe([OperationStatus.Started, OperationStatus.Started]);
        var scrap = Take(0, 0, scrap: 2);
        Statuses.ShouldBe([OperationStatus.Done, OperationStatus.Done]);
        TakeBack(scrap, 0);
        Statuses.ShouldBe([OperationStatus.Started, OperationStatus.Started]);
    }

    [Fact]
    public void Pieces_that_wait_for_Quality_may_still_come()
    {
        Take(0, 8, nonconforming: 2);
        Statuses[0].ShouldBe(OperationStatus.Started);
        Take(0, 0, scrap: 2, isRework: true);
        Statuses[0].ShouldBe(OperationStatus.Done);
    }

    [Fact]
    public void Where_an_operation_was_left_out_the_next_one_is_not_done_by_that()
    {
        _order.Operations[0].Complete();
        _order.ReconsiderAfter(_order.Operations[0]);
        Statuses.ShouldBe([OperationStatus.Done, OperationStatus.Waiting]);
    }

    [Fact]
    public void More_nonconforming_pieces_than_were_delivered_are_ahead_and_reworked_ones_count_once()
    {
        Take(0, 8);
        Refusal(() => Take(1, 0, nonconforming: 50)).ShouldBe("ahead-of-predecessor");
        Take(1, 6, nonconforming: 2);
        Take(1, 2, isRework: true);
        Refusal(() => Take(1, 1)).ShouldBe("ahead-of-predecessor");
    }

    [Fact]
    public void A_change_takes_quantity_priority_and_dates_and_the_materials_follow()
    {
        var version = _order.Version;
        _order.Change(new OrderDemand(12.5m, 100, Noon, Noon.AddDays(3)), Routing).ShouldBeTrue();
        var told = _order.ToContract();
        (told.Quantity, told.Priority, told.ReleaseAt, told.DueAt, told.Version)
            .ShouldBe((12.5m, 100, Noon, Noon.AddDays(3), version + 1));
        told.Materials.ShouldBe([new RequiredMaterial("C", 25, "kg")]);
    }

    [Fact]
    public void The_same_again_changes_nothing_also_on_a_closed_order()
    {
        var version = _order.Version;
        _order.Change(_order.Demand, Routing).ShouldBeFalse();
        _order.Version.ShouldBe(version);
        _order.Cancel("mistake");
        _order.Change(_order.Demand, Routing).ShouldBeFalse();
        Refusal(() => _order.Change(_order.Demand with { Priority = 1 }, Routing)).ShouldBe("wrong-order-status");
    }

    [Fact]
    public void Less_than_is_good_already_is_refused_and_exactly_that_completes()
    {
        Take(0, 8);
        Take(1, 6);
        Refusal(() => _order.Change(_order.Demand with { Quantity = 7 }, Routing)).ShouldBe("quantity-below-done");
        _order.Change(_order.Demand with { Quantity = 8 }, Routing);
        Statuses.ShouldBe([OperationStatus.Done, OperationStatus.Started]);
        Take(1, 2);
        _order.Status.ShouldBe(WorkOrderStatus.Completed);
    }

    [Fact]
    public void More_opens_what_was_done()
    {
        Take(0, 10);
        Take(1, 4);
        _order.Change(_order.Demand with { Quantity = 12 }, Routing);
        Statuses.ShouldBe([OperationStatus.Started, OperationStatus.Started]);
    }

    [Fact]
    public void A_change_that_needs_more_of_a_component_than_stock_can_hold_is_refused_and_changes_nothing()
    {
        Refusal(() => _order.Change(_order.Demand with { Quantity = 1_000_000_000 }, Routing))
            .ShouldBe("component-quantity-too-large");
        _order.Quantity.ShouldBe(10);
    }
}
