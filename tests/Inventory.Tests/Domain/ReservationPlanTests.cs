using FsCheck;
using FsCheck.Fluent;
using Mes.Inventory.Domain;

namespace Mes.Inventory.Tests.Domain;

public sealed class ReservationPlanTests
{
    static readonly DateTimeOffset Monday = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    static FreeStock Free(string lot, decimal free, int? expiresInDays = null, int receivedDay = 0) =>
        new(lot, "A", free, expiresInDays is { } days ? Monday.AddDays(days) : null, Monday.AddDays(receivedDay));

    static OpenDemand Demand(string order, decimal missing, int? dueInDays = 1, int priority = 0) =>
        new(order, missing, dueInDays is { } days ? Monday.AddDays(days) : null, priority);

    [Fact]
    public void First_expired_then_first_received_is_used_first() =>
        ReservationPlan.Of([Demand("W", 100)],
                [Free("old", 1), Free("late", 1, 9), Free("soon", 1, 2), Free("new", 1, receivedDay: 1)])
            .Select(plan => plan.Lot).ShouldBe(["soon", "late", "old", "new"]);

    [Fact]
    public void The_order_that_is_due_first_is_served_first() =>
        ReservationPlan.Of([Demand("never", 2, null), Demand("low", 2, 1), Demand("high", 2, 1, 5), Demand("first", 2, 0)],
                [Free("L", 5)])
            .Select(plan => (plan.OrderNumber, plan.Quantity)).ShouldBe([("first", 2), ("high", 2), ("low", 1)]);

    [Fact]
    public void Stock_that_is_alike_is_used_by_lot_and_place_and_orders_alike_are_served_by_number()
    {
        ReservationPlan.InOrderOfUse([Free("b", 1), Free("a", 1) with { Location = "B" }, Free("a", 1)])
            .Select(at => at.Lot + at.Location).ShouldBe(["aA", "aB", "bA"]);
        ReservationPlan.Of([Demand("W2", 1), Demand("W1", 1)], [Free("L", 1)]).ShouldHaveSingleItem().OrderNumber.ShouldBe("W1");
    }

    [Fact]
    public void Nobody_gets_more_than_he_lacks_and_nothing_is_given_twice() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        var demands = test.Demands.Select((missing, i) => Demand($"W{i}", missing, i % 3)).ToList();
        var stock = test.Free.Select((free, i) => Free($"L{i}", free, receivedDay: i % 4)).ToList();
        var plan = ReservationPlan.Of(demands, stock);
        var given = plan.Sum(p => p.Quantity);
        return plan.All(p => p.Quantity > 0)
            && demands.All(d => plan.Where(p => p.OrderNumber == d.OrderNumber).Sum(p => p.Quantity) <= d.Missing)
            && stock.All(s => plan.Where(p => p.Lot == s.Lot).Sum(p => p.Quantity) <= s.Free)
            && given == Math.Min(demands.Sum(d => d.Missing), stock.Sum(s => s.Free));
    }).QuickCheckThrowOnFailure();

    static readonly Gen<(int[] Demands, int[] Free)> Cases =
        from demands in Gen.Choose(1, 20).ArrayOf()
        from free in Gen.Choose(1, 20).ArrayOf()
        select (demands, free);
}
