using System.Text.Json.Nodes;
using Mes.Contracts;

namespace Mes.Inventory.Tests.Features.Production;

/// <summary>Components are used up by themselves; what is handed out, used instead or given back is set off.</summary>
public sealed class BackflushTests(InventoryService inventory) : IClassFixture<InventoryService>
{
    const decimal Ten = 10;

    readonly string _order = $"WO-{Guid.NewGuid():n}"[..14];
    string _steel = "";
    string _other = "";

    /// <summary>An order of ten with half a piece of steel each, in whose place another goes, two to one.</summary>
    async Task Begin(decimal stock = 20, decimal required = 5, decimal quantity = Ten)
    {
        (_steel, _other) = (await inventory.NewMaterial("ST"), await inventory.NewMaterial("AL"));
        if (stock > 0) await inventory.Receive(_steel, "L1", stock);
        await inventory.Change(Order(required, quantity));
    }

    WorkOrderChanged Order(decimal required = 5, decimal quantity = Ten)
    {
        var steel = new RequiredMaterial(_steel, required, "pcs", "OP", true, [new SubstituteMaterial(_other, 2)]);
        return Given.Order(_order, 1, WorkOrderStatus.Released, null, steel) with { Quantity = quantity };
    }

    ProductionReported Made(decimal good, int minute = 0, decimal scrap = 0) =>
        Given.Report("P", _order, good, isReceipt: false, order: _order, scrap: scrap, minute: minute);

    async Task<ProductionReported> Report(decimal good, int minute = 0)
    {
        var report = Made(good, minute);
        await inventory.Report(report);
        return report;
    }

    async Task<JsonNode> Issue(decimal quantity, string? material = null, string? insteadOf = null, string? operation = null)
    {
        var answer = await inventory.Post("/issues",
            new { order = _order, material = material ?? _steel, quantity, unit = "pcs", insteadOf, operation });
        await inventory.Drained();
        return answer;
    }

    async Task GiveBack(decimal quantity, string lot = "L1", string? material = null, string? insteadOf = null)
    {
        await inventory.Post("/returns", Back(quantity, lot, material, insteadOf));
        await inventory.Drained();
    }

    object Back(
        decimal quantity, string lot = "L1", string? material = null, string? insteadOf = null, string? operation = null) =>
        new
        {
            order = _order, material = material ?? _steel, quantity, unit = "pcs", location = "STORE", lot, insteadOf, operation
        };

    async Task<(decimal Issued, decimal Flushed)> Used()
    {
        var demand = (await inventory.Get($"/demands?order={_order}&material={_steel}"))["items"]![0]!;
        return ((decimal)demand["issued"]!, (decimal)demand["flushed"]!);
    }

    async Task End()
    {
        await inventory.BooksMustBalance();
        (await inventory.Scalar<decimal>($"SELECT coalesce(sum(quantity), 0) FROM ledger_entry WHERE material = '{_steel}'"))
            .ShouldBe(0);
    }

    /// <summary>What genealogy is told that the order has of a lot.</summary>
    async Task<decimal> Traced(string material, string lot) => (await inventory.Published<MaterialIssued>())
        .Where(issued => issued.OrderNumber == _order && issued.Material == material && issued.Lot == lot)
        .Sum(issued => issued.Quantity);

    [Fact]
    public async Task Five_of_ten_use_up_half_and_all_use_up_all_also_where_the_order_comes_last()
    {
        await Begin();
        await Report(5);
        (await Used()).ShouldBe((2.5m, 2.5m));
        (await inventory.OnHand(_steel)).ShouldBe(17.5m);
        var last = await Report(5, 1);
        (await Used()).ShouldBe((5m, 5m));
        await inventory.Report(last);       // told again
        (await Used()).ShouldBe((5m, 5m));
        (await Traced(_steel, "L1")).ShouldBe(5);
        await End();

        var first = new BackflushTests(inventory) { _steel = _steel, _other = _other };
        await first.Report(4);
        await inventory.Change(first.Order());
        (await first.Used()).ShouldBe((2m, 2m));
    }

    [Fact]
    public async Task What_does_not_divide_is_exact_at_the_end()
    {
        await Begin(required: 1, quantity: 3);
        await Report(1);
        (await Used()).Issued.ShouldBe(0.333333m);
        await Report(1, 1);
        await Report(1, 2);
        (await Used()).Issued.ShouldBe(1);
        await End();
    }

    [Fact]
    public async Task What_is_undone_goes_back_to_where_it_was_taken()
    {
        await Begin();
        var report = await Report(6);
        await Report(2, 1);
        await inventory.Report(report.Counter());
        (await Used()).ShouldBe((1m, 1m));
        (await inventory.OnHand(_steel, "L1")).ShouldBe(19);
        (await Traced(_steel, "L1")).ShouldBe(1);
        await End();
    }

    [Fact]
    public async Task What_is_handed_out_is_set_off_before_and_after()
    {
        await Begin();
        await Issue(1);
        await Report(5);
        (await Used()).ShouldBe((2.5m, 1.5m));
        await Issue(2);                     // more than was left to be taken by itself: nothing twice
        (await Used()).ShouldBe((3m, 0m));
        await Report(5, 1);
        (await Used()).ShouldBe((5m, 2m));
        (await inventory.OnHand(_steel)).ShouldBe(15);
        await End();
    }

    [Fact]
    public async Task What_a_report_says_it_used_up_is_set_off()
    {
        await Begin();
        await inventory.Report(Made(5) with { Consumed = [Given.Used(_steel, "L1", 2)] });
        (await Used()).ShouldBe((2.5m, 0.5m));
        await End();
    }

    [Fact]
    public async Task A_substitute_counts_for_the_component_by_its_ratio_and_so_does_its_return()
    {
        await Begin();
        await inventory.Receive(_other, "A1", 20);
        var issue = await Issue(4, _other, _steel);      // for 2 of steel
        await Report(5);
        (await Used()).ShouldBe((0.5m, 0.5m));
        await inventory.Refused(422, "more-than-issued", "/returns", Back(1, "A1", _other));
        await GiveBack(2, "A1", _other, _steel);         // 1 of steel less was needed
        (await Used()).ShouldBe((0.5m, 0.5m));
        await inventory.Post($"/movements/{issue["movements"]![0]!["movementId"]}/reversal", new { reason = "wrong order" });
        await inventory.Drained();
        (await Used()).Issued.ShouldBe(2.5m);
        await End();
    }

    [Fact]
    public async Task Only_what_the_routing_allows_is_used_instead()
    {
        await Begin();
        var wrong = await inventory.NewMaterial("NO");
        await inventory.Receive(wrong, "N1", 5);
        var refused = await inventory.Refused(422, "substitute-not-allowed", "/issues",
            new { order = _order, material = wrong, quantity = 1, unit = "pcs", insteadOf = _steel });
        ((string?)refused["allowed"]).ShouldBe(_other);
        await inventory.Refused(422, "component-not-found", "/issues",
            new { order = _order, material = wrong, quantity = 1, unit = "pcs", insteadOf = _other });
    }

    [Fact]
    public async Task What_is_given_back_was_not_needed_and_is_not_taken_again()
    {
        await Begin();
        await Report(5);
        await inventory.Refused(422, "more-than-issued", "/returns", Back(3));
        await GiveBack(0.5m);
        (await Used()).Issued.ShouldBe(2);
        await Report(5, 1);
        (await Used()).Issued.ShouldBe(4.5m);
        (await Traced(_steel, "L1")).ShouldBe(4.5m);
        await inventory.Receive(_steel, "L2", 5);
        await inventory.Post("/issues", new { order = _order, material = _steel, quantity = 0.5, unit = "pcs", lot = "L2" });
        await inventory.Drained();          // the other lot was used in truth
        (await Used()).Issued.ShouldBe(5);
        (await Traced(_steel, "L2")).ShouldBe(0.5m);
        await End();
    }

    [Fact]
    public async Task An_operation_gives_back_at_most_what_it_has_got()
    {
        await Begin();
        await Issue(2, operation: "OP");
        await Issue(3, operation: "OP2");
        await inventory.Refused(422, "more-than-issued", "/returns", Back(2.5m, operation: "OP"));
        await inventory.Post("/returns", Back(4));
        // of all five one is left, whichever operation it is for
        await inventory.Refused(422, "more-than-issued", "/returns", Back(2, operation: "OP"));
        await inventory.Post("/returns", Back(1, operation: "OP"));
        (await Used()).Issued.ShouldBe(0);
        (await Traced(_steel, "L1")).ShouldBe(0);
        await End();
    }

    [Fact]
    public async Task What_stock_cannot_give_is_a_discrepancy_until_it_comes_or_somebody_settles_it()
    {
        await Begin(stock: 1);
        await Report(5);
        (await Used()).Issued.ShouldBe(1);
        (await inventory.OpenDiscrepancies(_steel)).ShouldBe([("backflush-short", 1.5m)]);
        await inventory.Receive(_steel, "L2", 1);
        await inventory.Drained();
        (await Used()).Issued.ShouldBe(2);
        (await inventory.OpenDiscrepancies(_steel)).ShouldBe([("backflush-short", 0.5m)]);
        var open = (await inventory.Get($"/discrepancies?status=Open&material={_steel}"))["items"]![0]!["id"];
        await inventory.Post($"/discrepancies/{open}/settle", new { settlement = "scrap ends were used" });
        await inventory.Receive(_steel, "L3", 5);
        await inventory.Drained();
        (await Used()).Issued.ShouldBe(2);
        await Report(5, 1);
        (await Used()).Issued.ShouldBe(4.5m);
        await End();
    }

    [Fact]
    public async Task Many_orders_that_report_at_once_use_up_what_each_needs()
    {
        await Begin(stock: 500);
        var orders = Enumerable.Range(0, 12)
            .Select(_ => new BackflushTests(inventory) { _steel = _steel, _other = _other }).ToList();
        await inventory.Apply("inventory-reserve-materials", orders.Select(order => order.Order()));
        await inventory.Apply("inventory-post-production", orders.SelectMany(order => Enumerable.Range(0, 10)
            .Select(minute => order.Made(1, minute))).OrderBy(report => report.ReportId));
        foreach (var order in orders)
        {
            (await order.Used()).ShouldBe((5m, 5m));
        }
        await End();
    }
}
