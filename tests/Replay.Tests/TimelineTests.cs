using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class TimelineTests
{
    [Fact]
    public void Steps_follow_ends_then_lines_with_the_release_before_and_the_finish_after() =>
        InTime(
            LogBuilder.Row("Sawing", 0, 20, 1, line: 2),
            LogBuilder.Row("Sawing", 5, 10, 1, line: 4),
            LogBuilder.Row("Sawing", 6, 10, 1, line: 3),
            LogBuilder.Row("Sawing", 2, 4, line: 5) with { Type = ReportType.Breakdown },
            LogBuilder.Row("Sawing", 3, 20, 9, line: 6) with { OrderId = "Order B" })
            .Select(Name).ShouldBe(
            [
                "release Order A", "release Order B", "downtime 5", "issue Order A", "report 3", "report 4",
                "report 2", "issue Order B", "report 6", "short Order A", "short Order B",
            ]);

    [Fact]
    public void An_order_that_reached_its_quantity_finishes_complete() =>
        InTime(LogBuilder.Row("Packing", 0, 20, 10)).Select(Name)
            .ShouldBe(["release Order A", "issue Order A", "report 2", "complete Order A"]);

    [Fact]
    public void An_order_with_downtime_only_needs_no_blank() =>
        InTime(LogBuilder.Row("Sawing", 0, 20) with { Type = ReportType.Breakdown }).Select(Name)
            .ShouldBe(["release Order A", "downtime 2", "short Order A"]);

    [Fact]
    public void The_real_log_has_a_step_for_each_row_and_three_for_each_order()
    {
        var steps = RealSteps();

        steps.Count.ShouldBe(4_543 + (3 * 225));
        steps.OfType<ReportProduction>().Select(step => (step.Row.EndedAt, step.Row.Line)).ShouldBeInOrder();
        steps.OfType<FinishOrder>().Count(step => !step.IsShort).ShouldBe(70);
        ShouldKeepOrdersInSequence(steps);
    }

    [Fact]
    public void Shuffled_steps_are_the_same_in_another_order()
    {
        var steps = RealSteps();

        var shuffled = Timeline.Shuffled(steps, seed: 7);

        shuffled.ShouldBe(steps, ignoreOrder: true);
        shuffled.OfType<ReportProduction>().SequenceEqual(steps.OfType<ReportProduction>()).ShouldBeFalse();
        shuffled.SequenceEqual(Timeline.Shuffled(steps, seed: 7)).ShouldBeTrue();
        shuffled.SequenceEqual(Timeline.Shuffled(steps, seed: 8)).ShouldBeFalse();
        ShouldKeepOrdersInSequence(shuffled);
    }

    static void ShouldKeepOrdersInSequence(IEnumerable<ReplayAction> steps)
    {
        foreach (var order in steps.GroupBy(step => step.OrderId))
        {
            ReplayAction[] ofOrder = [.. order];
            ofOrder[0].ShouldBeOfType<ReleaseOrder>();
            ofOrder[^1].ShouldBeOfType<FinishOrder>();
            Array.FindIndex(ofOrder, step => step is IssueBlank)
                .ShouldBe(Array.FindIndex(ofOrder, step => step is ReportProduction) - 1);
        }
    }

    static IReadOnlyList<ReplayAction> RealSteps() =>
        Timeline.InTime(RealLog.Orders, MasterData.Of(RealLog.Rows, RealLog.Orders).Orders);

    static IReadOnlyList<ReplayAction> InTime(params LogRow[] rows)
    {
        var histories = OrderHistory.From(rows);
        return Timeline.InTime(histories, MasterData.Of(rows, histories).Orders);
    }

    static string Name(ReplayAction action) => action switch
    {
        ReleaseOrder => $"release {action.OrderId}",
        IssueBlank => $"issue {action.OrderId}",
        ReportProduction report => $"report {report.Row.Line}",
        ReportDowntime downtime => $"downtime {downtime.Row.Line}",
        FinishOrder finish => $"{(finish.IsShort ? "short" : "complete")} {action.OrderId}",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "a step without a name"),
    };
}
