using Mes.Inventory.Domain;

namespace Mes.Inventory.Tests.Domain;

public sealed class LotStockTests
{
    static readonly DateTimeOffset Monday = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    static LotStock Stock(decimal onHand, params ReservedFor[] reservations) => new(
        new Lot { Material = "M", Number = "L", Origin = "test" },
        [new StockAt("A", LocationKind.Storage, onHand, reservations.Sum(r => r.Quantity))], reservations);

    static int? Anywhere(StockAt at) => 0;

    [Fact]
    public void An_order_takes_its_own_reservation_first()
    {
        var stock = Stock(10, new ReservedFor("W1", "A", 4, null));
        stock.Take(6, "W1", mayDisplace: false, Anywhere).ShouldBe([new Taken("A", 6)]);
        stock.Changes().ShouldBe([new StockChange("A", -6, -4)]);
        stock.ReservationChanges().ShouldBe([new ReservationChange("W1", "A", -4)]);
    }

    [Fact]
    public void What_is_reserved_for_others_is_not_taken()
    {
        var stock = Stock(10, new ReservedFor("W1", "A", 4, null));
        stock.FreeFor("W2", _ => true).ShouldBe(6);
        stock.Take(10, "W2", mayDisplace: false, Anywhere).ShouldBe([new Taken("A", 6)]);
        stock.ReservationChanges().ShouldBeEmpty();
    }

    [Fact]
    public void What_has_happened_displaces_the_reservation_that_is_due_last()
    {
        var stock = Stock(10, new ReservedFor("W1", "A", 4, Monday), new ReservedFor("W2", "A", 4, Monday.AddDays(1)));
        stock.Take(5, null, mayDisplace: true, Anywhere).ShouldBe([new Taken("A", 5)]);
        stock.ReservationChanges().ShouldBe([new ReservationChange("W2", "A", -3)]);
        stock.Changes().ShouldBe([new StockChange("A", -5, -3)]);
    }

    [Fact]
    public void Never_more_is_taken_than_there_is()
    {
        var stock = Stock(10, new ReservedFor("W1", "A", 10, Monday));
        stock.Take(25, null, mayDisplace: true, Anywhere).ShouldBe([new Taken("A", 10)]);
        stock.OnHand.ShouldBe(0);
        stock.Changes().ShouldBe([new StockChange("A", -10, -10)]);
    }

    [Fact]
    public void Places_are_emptied_in_the_order_of_preference()
    {
        var stock = new LotStock(new Lot { Material = "M", Number = "L", Origin = "test" },
            [
                new StockAt("S", LocationKind.Storage, 3, 0), new StockAt("Q", LocationKind.Quarantine, 3, 0),
                new StockAt("L", LocationKind.LineSide, 3, 0)
            ], []);
        stock.Take(5, null, false, at => at.Kind switch
        {
            LocationKind.LineSide => 0,
            LocationKind.Storage => 1,
            _ => null
        }).ShouldBe([new Taken("L", 3), new Taken("S", 2)]);
    }
}
