using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class OrderHistoryTests
{
    [Fact]
    public void The_route_follows_first_starts_then_ends_then_names() =>
        Order(
            LogBuilder.Row("Milling", 10, 20), LogBuilder.Row("Sawing", 0, 30), LogBuilder.Row("Turning", 10, 15),
            LogBuilder.Row("Boring", 10, 20), LogBuilder.Row("Sawing", 40, 50))
            .Route.ShouldBe(["Sawing", "Turning", "Boring", "Milling"]);

    [Fact]
    public void Packing_receives_else_final_inspection_else_the_last_row()
    {
        LogRow[] rows =
        [
            LogBuilder.Row("Packing", 0, 1), LogBuilder.Row("Final Inspection Q.C.", 1, 2),
            LogBuilder.Row("Labelling", 2, 3, line: 9), LogBuilder.Row("Sawing", 2, 3, line: 8),
        ];

        Order(rows).ReceiptActivity.ShouldBe("Packing");
        Order(rows[1..]).ReceiptActivity.ShouldBe("Final Inspection Q.C.");
        Order(rows[2..]).ReceiptActivity.ShouldBe("Labelling");
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(9.5, false)]
    public void An_order_is_complete_when_receipts_reach_its_quantity(decimal packed, bool complete) =>
        Order(
            LogBuilder.Row("Sawing", 0, 1, 30), LogBuilder.Row("Packing", 1, 2, packed), LogBuilder.Row("Packing", 3, 4))
            .ShouldSatisfyAllConditions(
                order => order.Received.ShouldBe(packed),
                order => order.Receipts.Count().ShouldBe(1),
                order => order.IsComplete.ShouldBe(complete));

    static OrderHistory Order(params LogRow[] rows) => OrderHistory.From(rows).ShouldHaveSingleItem();
}
