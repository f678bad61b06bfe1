using System.Text.Json.Nodes;
using Mes.Contracts;
using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Features.Production;

public sealed class PostProductionTests(InventoryService service) : IClassFixture<InventoryService>
{
    readonly string _product = $"P-{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task What_is_made_and_not_tracked_by_lot_is_one_lot_that_can_be_handed_out_and_used_up()
    {
        var product = await service.NewMaterial(isTrackedByLot: false);
        await service.Report(Report(product, "WO-LOT-1", 5), Report(product, "WO-LOT-2", 7));
        await service.Post("/issues", new { order = "W", material = product, quantity = 2, unit = "pcs" });
        await service.Report(
            Report("P", "X", 0, isReceipt: false, consumed: [Used(product, "WO-LOT-1", 1), Used(product, "any", 3)]));

        (await service.OnHand(product, "-")).ShouldBe(6);
        (await service.OpenDiscrepancies(product)).ShouldBeEmpty();
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_supplier_delivers_nothing_into_a_lot_that_an_order_makes()
    {
        var product = await service.NewMaterial();
        await service.Report(Report(product, "L1", 5));
        await service.Refused(422, "lot-made-here", "/receipts",
            new { material = product, quantity = 1, unit = "pcs", location = "STORE", lot = "L1" });
        await service.Receive(product, "L2", 1);
        (await service.OnHand(product)).ShouldBe(6);
    }

    [Fact]
    public async Task A_product_keeps_the_name_and_the_unit_that_it_has_as_a_product()
    {
        var code = $"P-{Guid.NewGuid():n}"[..14];
        await service.Apply("inventory-define-material", [new ProductChanged(code, 1, "Part", "pcs")]);
        using var refused = await service.Send(
            HttpMethod.Put, $"/materials/{code}", new { name = "Part", unit = "kg", isTrackedByLot = true });
        JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["code"]!.ToString().ShouldBe("unit-of-product");
        using var renamed = await service.Send(
            HttpMethod.Put, $"/materials/{code}", new { name = "Renamed", unit = "pcs", isTrackedByLot = true });
        JsonNode.Parse(await renamed.Content.ReadAsStringAsync())!["code"]!.ToString().ShouldBe("name-of-product");
        await service.Put($"/materials/{code}", new { name = "Part", unit = "pcs", isTrackedByLot = false });
    }

    [Fact]
    public async Task A_discrepancy_that_opens_again_keeps_in_the_audit_who_had_closed_it_and_why()
    {
        var code = $"P-{Guid.NewGuid():n}"[..14];
        Task Told(int version) =>
            service.Apply("inventory-define-material", [new ProductChanged(code, version, "Part", version == 1 ? "pcs" : "kg")]);
        await Told(1);
        await service.Receive(code, "L", 1);
        await Told(2);
        var open = (await service.Get($"/discrepancies?status=Open&material={code}"))["items"]![0]!["id"]!;
        await service.Post($"/discrepancies/{open}/settle", new { settlement = "counted by hand" });
        await Told(3);

        (await service.OpenDiscrepancies(code)).ShouldBe([("unit-changed", 0)]);
        (await service.Scalar<long>(
            $$"""
            SELECT count(*) FROM audit, jsonb_array_elements(changes) c
            WHERE c::text LIKE '%{{open}}%' AND c->>'old' LIKE '%counted by hand%' AND c->>'new' LIKE '%Open%'
            """)).ShouldBe(1);
    }

    [Fact]
    public async Task Good_pieces_of_a_receipt_operation_come_into_stock()
    {
        await service.Report(
            Report(_product, "L1", 12.5m, scrap: 3), Report(_product, "L1", 4), Report(_product, "L1", 7, isReceipt: false));

        (await service.OnHand(_product, "L1")).ShouldBe(16.5m);
        (await service.LedgerSums(_product)).ShouldBe("L1 PRODUCTION -16.500000\nL1 RECEIVING 16.500000");
        ((bool)(await service.Get($"/materials/{_product}"))["isStub"]!).ShouldBeTrue();
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task The_summary_counts_pieces_and_receipts()
    {
        var taken = Report(_product, "L1", 5);
        await service.Report(Report(_product, "L1", 10), Report(_product, "L2", 2), Report(_product, "L1", 0, scrap: 4), taken);
        await service.Report(taken.Counter());

        var summary = await service.Get($"/production-receipts/summary{Given.January}&product={_product}");
        ((decimal)summary["pieces"]!, (int)summary["receipts"]!, (int)summary["reversed"]!).ShouldBe((12, 2, 1));
    }

    [Fact]
    public async Task A_report_that_comes_twice_is_posted_once()
    {
        var report = Report(_product, "L1", 3);
        var messageId = Guid.NewGuid();
        await service.Publish("inventory-post-production",
            [(messageId, report), (messageId, report), (Guid.NewGuid(), report), (Guid.NewGuid(), report)]);
        await service.Drained();
        (await service.OnHand(_product)).ShouldBe(3);
    }

    [Fact]
    public async Task Lots_that_were_used_up_leave_stock()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        await service.Report(Report(_product, "L1", 1, isReceipt: false, consumed: [Used(material, "B1", 4)]));

        (await service.OnHand(material, "B1")).ShouldBe(6);
        (await service.OpenDiscrepancies(material)).ShouldBeEmpty();
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task What_is_missing_becomes_a_discrepancy_and_is_settled_when_stock_comes()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 3);
        await service.Report(Report(_product, "L1", 1, isReceipt: false, consumed: [Used(material, "B1", 10)]));
        (await service.OnHand(material)).ShouldBe(0);
        (await service.OpenDiscrepancies(material)).ShouldBe([("consumption-short", 7m)]);

        await service.Receive(material, "B1", 5);
        (await service.OnHand(material)).ShouldBe(0);
        (await service.OpenDiscrepancies(material)).ShouldBe([("consumption-short", 2m)]);

        await service.Receive(material, "B1", 5);
        (await service.OnHand(material)).ShouldBe(3);
        (await service.OpenDiscrepancies(material)).ShouldBeEmpty();
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_settled_discrepancy_is_not_covered_any_more()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 3);
        await service.Report(Report(_product, "L1", 1, isReceipt: false, consumed: [Used(material, "B1", 10)]));
        var id = (string)(await service.Get($"/discrepancies?status=Open&material={material}"))["items"]![0]!["id"]!;
        var settled = await service.Post($"/discrepancies/{id}/settle", new { settlement = "taken from scrap" });
        ((string)settled["status"]!, (string)settled["settlement"]!).ShouldBe(("Settled", "taken from scrap"));

        await service.Receive(material, "B1", 5);
        (await service.OnHand(material)).ShouldBe(5);
        await service.Refused(409, "already-settled", $"/discrepancies/{id}/settle", new { settlement = "again" });
        await service.BooksMustBalance();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_counter_report_undoes_its_report_whichever_comes_first(bool isCounterFirst)
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        var report = Report(_product, "L1", 6, consumed: [Used(material, "B1", 4)]);
        ProductionReported[] inTurn = isCounterFirst ? [report.Counter(), report] : [report, report.Counter()];
        await service.Report(inTurn);

        (await service.OnHand(_product), await service.OnHand(material)).ShouldBe((0, 10));
        (await service.LedgerSums(_product)).ShouldBeEmpty();
        (await service.LedgerSums(material)).ShouldBe("B1 STORE 10.000000\nB1 SUPPLIER -10.000000");
        (await service.OpenDiscrepancies(_product)).ShouldBeEmpty();
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_counter_report_takes_back_what_is_left()
    {
        var report = Report(_product, "L1", 6);
        await service.Report(report);
        await service.Post("/issues",
            new { order = "WO-9", material = _product, lot = "L1", quantity = 4, unit = "pcs" });
        await service.Report(report.Counter());

        (await service.OnHand(_product)).ShouldBe(0);
        (await service.OpenDiscrepancies(_product)).ShouldBe([("reversal-short", 4m)]);
        (await service.LedgerSums(_product)).ShouldBe("L1 CONSUMPTION 4.000000\nL1 PRODUCTION -4.000000");
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_quantity_in_another_unit_is_recorded_and_not_posted()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        await service.Report(Report(_product, "L1", 2, consumed: [Used(material, "B1", 4, "kg")]));

        (await service.OnHand(_product), await service.OnHand(material)).ShouldBe((2, 10));
        (await service.OpenDiscrepancies(material)).ShouldBe([("wrong-unit", 4m)]);
    }

    [Fact]
    public async Task Use_of_a_held_lot_is_posted_and_recorded()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        await service.Hold(new QualityHoldChanged(Guid.NewGuid(), 1, true, null, null, material, "B1", "cracks"));
        await service.Report(Report(_product, "L1", 0, consumed: [Used(material, "B1", 4)]));

        (await service.OnHand(material)).ShouldBe(6);
        (await service.OpenDiscrepancies(material)).ShouldBe([("held-lot-consumed", 4m)]);
    }

    [Fact]
    public async Task A_product_becomes_a_material_by_its_newest_version()
    {
        await service.Apply("inventory-define-material",
            [new ProductChanged(_product, 2, "Nut", "pcs"), new ProductChanged(_product, 1, "Screw", "kg")], inTurn: true);
        var material = await service.Get($"/materials/{_product}");
        ((string)material["name"]!, (string)material["unit"]!, (bool)material["isStub"]!).ShouldBe(("Nut", "pcs", false));

        await service.Report(Report(_product, "L1", 1));
        await service.Apply("inventory-define-material", [new ProductChanged(_product, 3, "Bolt", "kg")]);
        material = await service.Get($"/materials/{_product}");
        ((string)material["name"]!, (string)material["unit"]!).ShouldBe(("Bolt", "pcs"));
        (await service.OpenDiscrepancies(_product)).ShouldBe([("unit-changed", 0m)]);
    }
}
