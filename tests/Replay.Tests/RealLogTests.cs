using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

/// <summary>Every number that the domain notes quote of the real log, from this project's definitions.</summary>
public sealed class RealLogTests
{
    [Fact]
    public void The_extent_is_known() =>
        LogProfile.Of(RealLog.Rows, RealLog.Orders).ShouldBe(new LogProfile(
            Rows: 4_543, Orders: 225, Activities: 55, Equipment: 31, Workers: 49, Parts: 43, Routes: 194,
            OrderedPieces: 20_894));

    [Fact]
    public void The_header_is_line_1_and_the_last_row_line_4544() =>
        (RealLog.Rows[0].ClientId, RealLog.Rows[^1].Line).ShouldBe(("Production_Data.csv:2", 4_544));

    [Fact]
    public void Rows_are_reports_or_downtime()
    {
        RealLog.Truth.Reports.ShouldBe(4_490);
        RealLog.Truth.Confirmations.ShouldBe(4_490);
        RealLog.Rows.Count(row => !row.IsReport).ShouldBe(53);
        RealLog.Rows.Where(row => !row.IsReport).Sum(row => row.Handled).ShouldBe(0);
    }

    [Fact]
    public void The_pieces_add_up()
    {
        var truth = RealLog.Truth;

        (truth.Good, truth.Rejected, truth.Nonconforming, truth.Nonconformances).ShouldBe((92_519, 593, 105, 10));
        Good(ReportType.Run).ShouldBe(92_048);
        Good(ReportType.Setup).ShouldBe(471);

        static decimal Good(ReportType type) => RealLog.Rows.Where(row => row.Type == type).Sum(row => row.Good);
    }

    [Fact]
    public void Rework_is_a_flag_and_its_pieces_are_in_the_sum()
    {
        RealLog.Truth.ReworkReports.ShouldBe(32);
        RealLog.Rows.Where(row => row.Rework).Sum(row => row.Good).ShouldBe(402);
    }

    [Fact]
    public void Labour_is_summed_and_equipment_time_is_tiled()
    {
        RealLog.Truth.LabourMinutes.ShouldBe(new ActivityMinutes(679_643, 145_418, 10_300));
        var equipment = RealLog.Truth.EquipmentMinutes;
        equipment.ShouldBe(new ActivityMinutes(545_499, 142_963, 10_300));
        (equipment.Run + equipment.Setup + equipment.Breakdown).ShouldBe(698_762);
    }

    [Fact]
    public void Receipts_and_order_ends_are_known()
    {
        var truth = RealLog.Truth;

        (truth.Received, truth.ReceiptReports).ShouldBe((14_984, 364));
        (truth.OrdersComplete, truth.OrdersClosedShort).ShouldBe((70, 155));
        truth.Quirks[LogQuirks.OrderWithoutReceipt].ShouldBe(15);
    }

    [Fact]
    public void The_line_decides_the_receipt_operation_of_one_order()
    {
        var order = RealLog.Orders.Single(order => order.Id == "Case 178");
        var last = order.Rows.Max(row => row.EndedAt);

        order.Rows.Where(row => row.EndedAt == last).Select(row => row.Activity).Distinct().Count().ShouldBe(4);
        order.ReceiptActivity.ShouldBe("Round Grinding - Q.C.");
        order.Received.ShouldBe(245);
    }

    [Fact]
    public void Reports_588_run_ahead_of_their_predecessor() =>
        RealLog.Truth.Discrepancies[Discrepancies.Sequence].ShouldBe(588);

    [Fact]
    public void Reports_22_say_the_same_as_another() =>
        RealLog.Truth.Discrepancies[Discrepancies.EqualReport].ShouldBe(22);

    [Fact]
    public void Reports_17_tell_of_work_on_equipment_that_was_down() =>
        RealLog.Truth.Discrepancies[Discrepancies.EquipmentDown].ShouldBe(17);

    [Fact]
    public void Operations_66_exceed_the_order_by_up_to_3_76_times()
    {
        RealLog.Truth.Discrepancies[Discrepancies.OverQuantity].ShouldBe(66);
        var ratioMax = RealLog.Orders.SelectMany(Discrepancies.OverQuantityOperations).Max(over => over.Ratio);
        Math.Round(ratioMax, 2).ShouldBe(3.76m);
    }

    [Theory]
    [InlineData(LogQuirks.ExactDuplicate, 22)]
    [InlineData(LogQuirks.SpanDiffers, 705)]
    [InlineData(LogQuirks.SpanIsNoDuration, 1)]
    [InlineData(LogQuirks.Placeholder, 662)]
    [InlineData(LogQuirks.RunWithoutQuantity, 924)]
    [InlineData(LogQuirks.RunWithRejectsOnly, 149)]
    [InlineData(LogQuirks.RunWithoutLength, 9)]
    [InlineData(LogQuirks.BreakdownWithQuantity, 0)]
    [InlineData(LogQuirks.OverlapDepthMax, 12)]
    public void Quirks_are_counted(string kind, int count) => RealLog.Truth.Quirks[kind].ShouldBe(count);

    [Fact]
    public void Runs_without_length_carry_120_pieces() =>
        RealLog.Rows.Where(row => row.Type == ReportType.Run && row.Duration == TimeSpan.Zero)
            .Sum(row => row.Good).ShouldBe(120);

    [Fact]
    public void Machines_add_up_to_the_whole()
    {
        var machines = RealLog.Truth.PerEquipment;

        machines.Count.ShouldBe(31);
        machines.Values.Sum(machine => machine.Good).ShouldBe(92_519);
        machines["Machine 7- Laser Marking"].ShouldBe(new EquipmentFigures(13_335, 0, 0, 12_934));
        machines["Machine 6 - Turning & Milling"].ShouldBe(new EquipmentFigures(50_323, 20_347, 2_429, 3_019));
        machines["Packing"].ShouldBe(new EquipmentFigures(4_140, 0, 0, 12_090));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_order_of_the_rows_changes_no_figure(int seed)
    {
        var shuffled = RealLog.Rows.ToArray();
        new Random(seed).Shuffle(shuffled);

        FiguresComparison.Compare(Truth.Of(shuffled), RealLog.Truth).ShouldAllBe(figure => figure.IsEqual);
    }

    [Fact]
    public void Another_shop_with_half_pieces_and_later_days_has_the_same_figures_scaled()
    {
        var truth = Truth.Of([.. RealLog.Rows.Select(OfAnotherShop)]);

        (truth.Good, truth.Rejected, truth.Nonconforming).ShouldBe((92_519 * 0.5m, 593 * 0.5m, 105 * 0.5m));
        truth.LabourMinutes.ShouldBe(RealLog.Truth.LabourMinutes);
        truth.EquipmentMinutes.ShouldBe(RealLog.Truth.EquipmentMinutes);
        truth.Discrepancies.ShouldBe(RealLog.Truth.Discrepancies);
        truth.Quirks.ShouldBe(RealLog.Truth.Quirks);
        truth.PerEquipment["Cell Packing"].Good.ShouldBe(12_090 * 0.5m);
    }

    static LogRow OfAnotherShop(LogRow row) => row with
    {
        Equipment = $"Cell {row.Equipment}",
        Part = $"P-{row.Part}",
        StartedAt = row.StartedAt.AddDays(2_345.5),
        EndedAt = row.EndedAt.AddDays(2_345.5),
        OrderQuantity = row.OrderQuantity * 0.5m,
        Good = row.Good * 0.5m,
        Rejected = row.Rejected * 0.5m,
        Nonconforming = row.Nonconforming * 0.5m,
    };
}
