using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class MasterDataTests
{
    [Fact]
    public void An_order_carries_its_route_alternatives_receipt_and_blank()
    {
        var order = Of(
            LogBuilder.Row("Sawing", 5, 10, 12) with { Equipment = "Saw 1", Nonconforming = 3 },
            LogBuilder.Row("Sawing", 10, 15) with { Equipment = "Saw 2" },
            LogBuilder.Row("Sawing", 15, 20) with { Equipment = "Saw 2" },
            LogBuilder.Row("Sawing Q.C.", 20, 30, 9),
            LogBuilder.Row("Packing", 30, 45, 9)).Orders.ShouldHaveSingleItem();

        order.Route.Select(operation => (operation.Number, operation.Activity, operation.IsInspection)).ShouldBe(
            [(10, "Sawing", false), (20, "Sawing Q.C.", true), (30, "Packing", false)]);
        order.Route[0].Equipment.ShouldBe(["Saw 2", "Saw 1"]);
        order.ReceiptOperation.Activity.ShouldBe("Packing");
        (order.ReleasedAt, order.DueAt).ShouldBe((LogBuilder.Minute(5), LogBuilder.Minute(45)));
        order.Blank.Quantity.ShouldBe(15);
    }

    [Fact]
    public void The_blank_covers_at_least_the_ordered_quantity() =>
        Of(LogBuilder.Row("Sawing", 0, 1)).Orders.Single().Blank.Quantity.ShouldBe(10);

    [Fact]
    public void Standard_times_are_setup_per_order_and_run_per_piece_handled()
    {
        var other = LogBuilder.Row("Sawing", 100, 130, 5) with { OrderId = "Order B" };
        var order = Of(
            LogBuilder.Row("Sawing", 0, 20) with { Type = ReportType.Setup },
            LogBuilder.Row("Sawing", 20, 50, 8) with { Rejected = 2 },
            other).Orders[0];

        order.Route.Single().Time.ShouldBe(new StandardTime(10, 4));
    }

    [Fact]
    public void Without_pieces_of_the_part_the_activity_gives_the_rate_and_else_the_order_quantity()
    {
        var orders = Of(
            LogBuilder.Row("Sawing", 0, 30, 10) with { OrderId = "B", Part = "Hinge" },
            LogBuilder.Row("Sawing", 40, 45),
            LogBuilder.Row("Curing", 50, 55)).Orders;

        orders.Single(order => order.Id == "Order A").Route.Select(operation => operation.Time.RunMinutesPerPiece)
            .ShouldBe([3.5m, 0.5m]);
    }

    [Fact]
    public void Workers_are_qualified_for_what_they_were_seen_at() =>
        Of(
            LogBuilder.Row("Sawing", 0, 1), LogBuilder.Row("Milling", 1, 2),
            LogBuilder.Row("Milling", 2, 3) with { Worker = "W2" },
            LogBuilder.Row("Milling", 2, 3) with { Worker = "", Type = ReportType.Breakdown })
            .Workers.Select(worker => $"{worker.Id}: {string.Join(", ", worker.QualifiedFor)}")
            .ShouldBe(["W1: Milling cell, Sawing cell", "W2: Milling cell"]);

    [Theory]
    [InlineData("Turning & Milling Q.C.", true)]
    [InlineData("Round Grinding - Q.C.", true)]
    [InlineData("QC gate", true)]
    [InlineData("Final Inspection - Weighting", false)]
    [InlineData("Acquc", false)]
    [InlineData("Packing", false)]
    public void Quality_checks_are_told_by_their_name(string activity, bool isCheck) =>
        Inspection.IsQualityCheck(activity).ShouldBe(isCheck);

    [Fact]
    public void The_real_log_gives_complete_master_data()
    {
        var master = MasterData.Of(RealLog.Rows, RealLog.Orders);

        (master.Parts.Count, master.Equipment.Count, master.Workers.Count, master.Orders.Count)
            .ShouldBe((43, 31, 49, 225));
        master.Equipment.Where(equipment => equipment.IsInspection).Select(equipment => equipment.Name)
            .ShouldBe(["Quality Check 1", "Quality Check 2"]);
        master.Orders.Sum(order => order.Route.Count).ShouldBe(1_365);
        master.Orders.SelectMany(order => order.Route).ShouldAllBe(operation =>
            operation.Time.SetupMinutes >= 0 && operation.Time.RunMinutesPerPiece >= 0
            && operation.Equipment.Count > 0);
        master.Orders.ShouldAllBe(order => order.Blank.Quantity >= order.Quantity && order.ReceiptOperation.IsReceipt);
    }

    [Fact]
    public void Every_real_report_finds_its_operation_equipment_and_qualification()
    {
        var master = MasterData.Of(RealLog.Rows, RealLog.Orders);
        var orders = master.Orders.ToDictionary(order => order.Id);
        var workers = master.Workers.ToDictionary(worker => worker.Id);

        RealLog.Rows.ShouldAllBe(row =>
            orders[row.OrderId].Route.Single(operation => operation.Activity == row.Activity)
                .Equipment.Contains(row.Equipment)
            && workers[row.Worker].QualifiedFor.Contains(row.Equipment));
    }

    static MasterData Of(params LogRow[] rows) => MasterData.Of(rows, OrderHistory.From(rows));
}
