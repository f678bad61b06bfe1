using Mes.Contracts;
using Mes.Inventory.Domain;
using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Features.Reservations;

public sealed class ReservationTests(InventoryService service) : IClassFixture<InventoryService>
{
    static readonly DateTimeOffset Monday = new(2026, 6, 1, 6, 0, 0, TimeSpan.Zero);

    readonly string _first = $"W1-{Guid.NewGuid():n}"[..12];
    readonly string _second = $"W2-{Guid.NewGuid():n}"[..12];

    WorkOrderChanged Released(string number, string material, decimal quantity, int day = 0, long version = 1) => Order(
        number, version, WorkOrderStatus.Released, Monday.AddDays(day), new RequiredMaterial(material, quantity, "pcs"));

    async Task<(decimal Issued, decimal Reserved, decimal Missing)> Demand(string order)
    {
        var demand = (await service.Get($"/demands?order={order}"))["items"]!.AsArray().Single()!;
        return ((decimal)demand["issued"]!, (decimal)demand["reserved"]!, (decimal)demand["missing"]!);
    }

    async Task<List<(string Lot, decimal Quantity)>> Reserved(string order) =>
        [.. (await service.Get($"/reservations?order={order}"))["items"]!.AsArray()
            .Select(r => ((string)r!["lot"]!, (decimal)r["quantity"]!)).Order()];

    /// <summary>What the order was told last: the sum of its shortages.</summary>
    async Task<(long Version, decimal Missing)> Told(string order)
    {
        var told = (await service.Published<MaterialAvailabilityChanged>()).Where(state => state.OrderId == IdOf(order)).ToList();
        told.Select(state => state.Version).ShouldBe(Enumerable.Range(1, told.Count).Select(version => (long)version));
        return (told[^1].Version, told[^1].Shortages.Sum(shortage => shortage.Missing));
    }

    Task<System.Text.Json.Nodes.JsonNode> Issue(string order, string material, decimal quantity, string? lot = null) =>
        service.Post("/issues", new { order, material, quantity, unit = "pcs", lot });

    [Fact]
    public async Task A_released_order_gets_the_oldest_stock_and_is_told_what_is_missing()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "new", 5, occurredAt: Monday.AddDays(-200));
        await service.Receive(material, "old", 5, occurredAt: Monday.AddDays(-300));
        await service.Change(Released(_first, material, 7));
        (await Reserved(_first)).ShouldBe([("new", 2), ("old", 5)]);
        (await Told(_first)).ShouldBe((1, 0));

        await service.Change(Released(_second, material, 10));
        (await Demand(_second)).ShouldBe((0, 3, 7));
        (await Told(_second)).ShouldBe((1, 7));
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_need_in_another_unit_is_missing_until_the_material_has_that_unit()
    {
        var material = await service.NewMaterial();
        await service.Change(Order(_first, 1, WorkOrderStatus.Released, Monday, new RequiredMaterial(material, 4, "kg")));
        (await Told(_first)).ShouldBe((1, 4));
        var told = (await service.Published<MaterialAvailabilityChanged>()).Single(state => state.OrderId == IdOf(_first));
        told.Shortages.Single().Unit.ShouldBe("kg");
        (await service.OpenDiscrepancies(material)).ShouldBe([("wrong-unit", 4m)]);

        await service.Put($"/materials/{material}", new { name = "Sheet", unit = "kg" });
        await service.Post("/receipts", new { material, quantity = 5, unit = "kg", location = "STORE", lot = "K1" });
        await service.Drained();
        (await Reserved(_first)).ShouldBe([("K1", 4)]);
        (await Told(_first)).ShouldBe((2, 0));
    }

    [Fact]
    public async Task Stock_is_not_kept_for_a_need_in_another_unit()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 7);
        await service.Change(Order(_first, 1, WorkOrderStatus.Released, Monday,
            new RequiredMaterial(material, 3, "pcs"), new RequiredMaterial(material, 4, "kg")));
        (await Reserved(_first)).ShouldBeEmpty();
        (await Told(_first)).ShouldBe((1, 4));
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task New_stock_serves_the_order_that_is_due_first()
    {
        var material = await service.NewMaterial();
        await service.Change(Released(_first, material, 5, day: 2), Released(_second, material, 5, day: 1));
        await service.Receive(material, "B1", 7);
        await service.Drained();
        (await Demand(_second)).ShouldBe((0, 5, 0));
        (await Demand(_first)).ShouldBe((0, 2, 3));
        (await Told(_second)).ShouldBe((2, 0));
        (await Told(_first)).ShouldBe((2, 3));
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task An_issue_uses_the_orders_own_reservation_and_not_that_of_others()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        await service.Change(Released(_first, material, 6), Released(_second, material, 4));
        await service.Refused(422, "not-enough-stock", "/issues",
            new { order = _second, material, quantity = 5, unit = "pcs", lot = "B1" });
        await Issue(_second, material, 4, "B1");
        await Issue(_first, material, 2);
        (await Demand(_first)).ShouldBe((2, 4, 0));
        (await Demand(_second)).ShouldBe((4, 0, 0));
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task An_issue_of_another_lot_frees_what_is_reserved_too_much()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 6);
        await service.Change(Released(_first, material, 6), Released(_second, material, 3, day: 1));
        await service.Receive(material, "B2", 6, location: "QUARANTINE");
        await service.Post("/moves", new { material, lot = "B2", quantity = 6, unit = "pcs", from = "QUARANTINE", to = "STORE" });
        await service.Drained();
        await Issue(_first, material, 3, "B2");
        await service.Drained();

        (await Demand(_first)).ShouldBe((3, 3, 0));
        (await Demand(_second)).ShouldBe((0, 3, 0));
        await service.BooksMustBalance();
    }

    [Theory]
    [InlineData(WorkOrderStatus.Completed)]
    [InlineData(WorkOrderStatus.ClosedShort)]
    [InlineData(WorkOrderStatus.Cancelled)]
    public async Task A_closed_order_gives_back_what_others_lack(WorkOrderStatus closed)
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 5);
        await service.Change(Released(_first, material, 5), Released(_second, material, 5));
        await service.Change(Released(_first, material, 5) with { Version = 3, Status = closed });
        (await Reserved(_first)).ShouldBeEmpty();
        (await Demand(_second)).ShouldBe((0, 5, 0));
        (await Told(_second)).ShouldBe((2, 0));

        await service.Change(Released(_first, material, 5, version: 2));
        (await Reserved(_first)).ShouldBeEmpty();
        await service.Refused(422, "order-closed", "/reservations",
            new { order = _first, material, quantity = 1, unit = "pcs" });
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task What_is_reserved_of_a_held_lot_is_reserved_of_another()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 5, occurredAt: Monday.AddDays(-300));
        await service.Receive(material, "B2", 3);
        await service.Change(Released(_first, material, 5));
        (await Reserved(_first)).ShouldBe([("B1", 5)]);

        var hold = new QualityHoldChanged(Guid.NewGuid(), 1, true, null, null, material, "B1", "cracks");
        await service.Hold(hold);
        (await Reserved(_first)).ShouldBe([("B2", 3)]);
        (await Told(_first)).ShouldBe((2, 2));

        await service.Hold(hold with { Version = 2, IsActive = false });
        (await Reserved(_first)).ShouldBe([("B1", 2), ("B2", 3)]);
        (await Told(_first)).ShouldBe((3, 0));
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_reservation_gives_way_to_what_a_report_has_used_up()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 5);
        await service.Change(Released(_first, material, 5));
        await service.Report(Report("P", "L", 0, order: _second, consumed: [Used(material, "B1", 3)]));
        await service.Drained();
        (await Demand(_first)).ShouldBe((0, 2, 3));
        (await Told(_first)).ShouldBe((2, 3));
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task Stock_is_reserved_and_released_by_hand()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 5);
        object Reserve(string order, decimal quantity) => new { order, material, quantity, unit = "pcs" };
        var made = await service.Post("/reservations", Reserve(_first, 4));
        await service.Refused(422, "not-enough-stock", "/reservations", Reserve(_first, 2));
        await service.Change(Released(_second, material, 2));
        (await Demand(_second)).ShouldBe((0, 1, 1));
        await service.Refused(422, "more-than-required", "/reservations", Reserve(_second, 2));

        await service.Do(HttpMethod.Post, $"/reservations/{made["reservations"]![0]!["id"]}/release", new { reason = "rush" });
        (await service.Scalar<long>(
            $"""
            SELECT count(*) FROM audit, jsonb_array_elements(changes) c
            WHERE reason = 'rush' AND c->>'table' = 'component_demand' AND c->>'key' LIKE '%{_first}%{material}%'
              AND c->'old'->>'IsAutomatic' = 'true' AND c->'new'->>'IsAutomatic' = 'false'
            """)).ShouldBe(1);
        (await Reserved(_first)).ShouldBeEmpty();
        (await Demand(_second)).ShouldBe((0, 2, 0));
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_changed_requirement_changes_the_reservation()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 5);
        await service.Change(Released(_first, material, 5), Released(_first, material, 2, version: 2));
        (await Demand(_first)).ShouldBe((0, 2, 0));
        await service.Change(Released(_first, material, 4, version: 3) with { Status = WorkOrderStatus.OnHold });
        (await Demand(_first)).ShouldBe((0, 2, 2));
        await service.Change(Released(_first, material, 4, version: 4));
        (await Demand(_first)).ShouldBe((0, 4, 0));
        await service.BooksMustBalance();
    }
}
