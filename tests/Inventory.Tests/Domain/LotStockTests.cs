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

    [Fact]
    public void All_places_count_and_only_those_that_changed_are_told()
    {
        var stock = Two(3, 4);
        stock.OnHand.ShouldBe(7);
        stock.FreeFor(null, _ => true).ShouldBe(7);
        stock.Take(1, null, mayDisplace: false, at => at.Location == "B" ? 0 : null);
        stock.Changes().ShouldBe([new StockChange("B", -1, 0)]);
    }

    [Fact]
    public void What_the_order_has_reserved_comes_before_a_place_that_is_preferred()
    {
        var stock = Two(5, 5, new ReservedFor("W1", "B", 2, null));
        stock.Take(3, "W1", mayDisplace: false, Anywhere).ShouldBe([new Taken("B", 3)]);
        Two(5, 5, new ReservedFor("W1", "B", 2, null)).Take(3, "W2", mayDisplace: false, Anywhere)
            .ShouldBe([new Taken("A", 3)], "of places alike the first by name");
    }

    [Fact]
    public void Two_places_give_way_until_there_is_enough()
    {
        var stock = Two(5, 5, new ReservedFor("W1", "A", 5, null), new ReservedFor("W1", "B", 5, null));
        stock.Take(6, null, mayDisplace: true, Anywhere).ShouldBe([new Taken("A", 5), new Taken("B", 1)]);
        stock.ReservationChanges().ShouldBe(
            [new ReservationChange("W1", "A", -5), new ReservationChange("W1", "B", -1)]);
    }

    [Theory]
    [InlineData(1, 0, "W1")]
    [InlineData(0, 1, "W2")]
    [InlineData(0, 0, "W2")]
    [InlineData(null, 0, "W1")]
    public void The_one_that_is_due_last_gives_way_and_of_two_alike_the_last_by_number(int? first, int second, string displaced)
    {
        var stock = Stock(4, new ReservedFor("W1", "A", 2, first is { } days ? Monday.AddDays(days) : null),
            new ReservedFor("W2", "A", 2, Monday.AddDays(second)));
        stock.Take(2, null, mayDisplace: true, Anywhere);
        stock.ReservationChanges().ShouldBe([new ReservationChange(displaced, "A", -2)]);
    }

    [Fact]
    public void What_an_order_has_taken_of_its_own_is_its_own_no_more()
    {
        var stock = Stock(10, new ReservedFor("W1", "A", 4, null), new ReservedFor("W2", "A", 6, null));
        stock.Take(3, "W1", mayDisplace: false, Anywhere);
        stock.FreeFor("W1", _ => true).ShouldBe(1);
        stock.Take(5, "W1", mayDisplace: false, Anywhere).ShouldBe([new Taken("A", 1)]);
        stock.ReservationChanges().ShouldBe([new ReservationChange("W1", "A", -4)]);
    }

    [Fact]
    public void What_is_put_at_a_place_is_there_whether_it_was_known_or_not()
    {
        var stock = Stock(1);
        stock.Put("A", LocationKind.Storage, 2);
        stock.Put("B", LocationKind.Quarantine, 4);
        (stock.At("A", LocationKind.Storage).OnHand, stock.At("B", LocationKind.Quarantine).OnHand).ShouldBe((3, 4));
        stock.At("C", LocationKind.Storage).ShouldBe(new StockAt("C", LocationKind.Storage, 0, 0));
        stock.Changes().ShouldBe([new StockChange("A", 2, 0), new StockChange("B", 4, 0)]);
    }

    static LotStock Two(decimal a, decimal b, params ReservedFor[] reservations) => new(
        new Lot { Material = "M", Number = "L", Origin = "test" },
        [
            new StockAt("A", LocationKind.Storage, a, reservations.Where(r => r.Location == "A").Sum(r => r.Quantity)),
            new StockAt("B", LocationKind.Storage, b, reservations.Where(r => r.Location == "B").Sum(r => r.Quantity))
        ], reservations);
}
