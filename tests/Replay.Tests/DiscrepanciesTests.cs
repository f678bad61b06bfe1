using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class DiscrepanciesTests
{
    [Fact]
    public void A_report_that_finishes_no_more_than_was_delivered_is_in_sequence() =>
        Ahead(LogBuilder.Row("Sawing", 0, 10, 5), LogBuilder.Row("Milling", 5, 10, 5)).ShouldBeEmpty();

    [Fact]
    public void A_report_that_finishes_more_than_was_delivered_by_then_is_ahead() =>
        Ahead(
            LogBuilder.Row("Sawing", 0, 10, 5), LogBuilder.Row("Milling", 5, 12, 6, line: 3),
            LogBuilder.Row("Sawing", 10, 20, 5), LogBuilder.Row("Milling", 20, 25, 4, line: 4))
            .ShouldBe([3]);

    [Fact]
    public void A_report_without_pieces_is_ahead_while_its_operation_is() =>
        Ahead(
            LogBuilder.Row("Sawing", 0, 10), LogBuilder.Row("Milling", 5, 12, 1, line: 3),
            LogBuilder.Row("Milling", 12, 13, line: 4))
            .ShouldBe([3, 4]);

    [Fact]
    public void Rejects_count_as_finished_but_not_as_delivered() =>
        Ahead(
            LogBuilder.Row("Sawing", 0, 10, 4) with { Rejected = 1 },
            LogBuilder.Row("Milling", 10, 20, 4, line: 3) with { Rejected = 1 })
            .ShouldBe([3]);

    [Fact]
    public void Nonconforming_pieces_count_as_finished_until_they_are_reworked_and_never_as_delivered() =>
        Ahead(
            LogBuilder.Row("Sawing", 0, 10, 5) with { Nonconforming = 9 },
            LogBuilder.Row("Milling", 10, 20, 4, line: 3) with { Nonconforming = 1 },
            LogBuilder.Row("Milling", 20, 30, 1, line: 4) with { Rework = true },
            LogBuilder.Row("Milling", 30, 40, line: 5) with { Nonconforming = 1 })
            .ShouldBe([5]);

    [Fact]
    public void Of_equal_reports_all_but_one_are_discrepancies() => Discrepancies.EqualReports(OrderHistory.From(
        [
            LogBuilder.Row("Sawing", 0, 10, 5), LogBuilder.Row("Sawing", 0, 10, 5, line: 3),
            LogBuilder.Row("Sawing", 0, 10, 5, line: 4), LogBuilder.Row("Sawing", 0, 10, 6, line: 5),
        ]).Single()).ShouldBe(2);

    [Fact]
    public void Reports_that_end_together_are_judged_alike() =>
        Ahead(
            LogBuilder.Row("Sawing", 0, 10, 5),
            LogBuilder.Row("Milling", 10, 20, 3, line: 3), LogBuilder.Row("Milling", 11, 20, 3, line: 4))
            .ShouldBe([3, 4]);

    [Fact]
    public void The_first_operation_and_downtime_are_never_ahead() =>
        Ahead(
            LogBuilder.Row("Sawing", 0, 10, 50),
            LogBuilder.Row("Milling", 10, 20, 60) with { Type = ReportType.Breakdown })
            .ShouldBeEmpty();

    [Fact]
    public void An_operation_above_the_ordered_quantity_is_one_discrepancy()
    {
        var order = OrderHistory.From(
        [
            LogBuilder.Row("Sawing", 0, 10, 8), LogBuilder.Row("Sawing", 10, 20, 8),
            LogBuilder.Row("Sawing", 20, 30, 9),
            LogBuilder.Row("Milling", 30, 40, 10) with { Rejected = 5 },
        ]).Single();

        Discrepancies.OverQuantityOperations(order).ShouldBe([("Sawing", 2.5m)]);
    }

    static IEnumerable<int> Ahead(params LogRow[] rows) =>
        Discrepancies.AheadOfPredecessor(OrderHistory.From(rows).Single()).Select(row => row.Line);
}
