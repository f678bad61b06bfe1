using Mes.Contracts;
using Mes.Inventory.Domain;

namespace Mes.Inventory.Tests.Features.Stock;

public sealed class StockCommandTests(InventoryService service) : IClassFixture<InventoryService>
{
    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    object Issue(string material, decimal quantity, string? lot = null, string? location = null, string order = "WO-1") =>
        new { order, material, quantity, unit = "pcs", lot, location };

    static List<(string Lot, decimal Quantity)> Lots(System.Text.Json.Nodes.JsonNode issued) =>
        [.. issued["movements"]!.AsArray().Select(m => ((string)m!["lot"]!, (decimal)m["quantity"]!))];

    [Fact]
    public async Task A_received_lot_is_issued_to_an_order()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10.5m);
        var issued = await service.Post("/issues", Issue(material, 4, "B1", "STORE", order: "WO-77"));

        Lots(issued).ShouldBe([("B1", 4)]);
        (await service.OnHand(material)).ShouldBe(6.5m);
        (await service.LedgerSums(material))
            .ShouldBe("B1 CONSUMPTION 4.000000\nB1 STORE 6.500000\nB1 SUPPLIER -10.500000");
        var fact = (await service.Published<MaterialIssued>()).Single(issue => issue.Material == material);
        (fact.OrderNumber, fact.Lot, fact.Quantity, fact.Unit).ShouldBe(("WO-77", "B1", 4, "pcs"));
        fact.IssueId.ShouldBe((Guid)issued["movements"]![0]!["movementId"]!);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task Without_a_lot_the_first_to_expire_then_the_oldest_is_issued()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "new", 5, occurredAt: Now.AddDays(-1));
        await service.Receive(material, "old", 5, occurredAt: Now.AddDays(-9));
        await service.Receive(material, "late", 5, expiresAt: Now.AddDays(90));
        await service.Receive(material, "soon", 5, expiresAt: Now.AddDays(9));
        await service.Receive(material, "gone", 5, expiresAt: Now.AddDays(-1));
        await service.Receive(material, "apart", 5, location: "QUARANTINE");

        Lots(await service.Post("/issues", Issue(material, 13))).ShouldBe([("soon", 5), ("late", 5), ("old", 3)]);
        var problem = await service.Refused(422, "not-enough-stock", "/issues", Issue(material, 8));
        ((decimal)problem["wanted"]!, (decimal)problem["available"]!).ShouldBe((8, 7));
        Lots(await service.Post("/issues", Issue(material, 7))).ShouldBe([("old", 2), ("new", 5)]);
        await service.Refused(422, "lot-expired", "/issues", Issue(material, 1, "gone"));
        await service.Refused(422, "not-enough-stock", "/issues", Issue(material, 1, "apart"));
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_held_lot_is_not_issued_until_its_last_hold_is_released()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        QualityHoldChanged Hold(Guid id, long version, bool isActive) =>
            new(id, version, isActive, null, null, material, "B1", "cracks");
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        await service.Hold(Hold(one, 1, true), Hold(two, 1, true), Hold(one, 2, false));
        await service.Refused(422, "lot-on-hold", "/issues", Issue(material, 1, "B1"));
        await service.Refused(422, "not-enough-stock", "/issues", Issue(material, 1));

        await service.Hold(Hold(two, 3, false), Hold(two, 2, true));
        (await service.Scalar<string>(
            $"""
            SELECT string_agg(c->'old'->>'Status' || '>' || (c->'new'->>'Status'), ' ' ORDER BY id)
            FROM audit, jsonb_array_elements(changes) c WHERE c->>'table' = 'lot' AND c->>'key' LIKE '%{material}%'
              AND c->'new' ? 'Status' AND c->'old' ? 'Status'
            """)).ShouldBe("Available>Held Held>Available");
        Lots(await service.Post("/issues", Issue(material, 1, "B1"))).ShouldBe([("B1", 1)]);
    }

    [Fact]
    public async Task A_hold_that_comes_before_its_lot_holds_it()
    {
        var material = await service.NewMaterial();
        await service.Hold(new QualityHoldChanged(Guid.NewGuid(), 1, true, null, null, material, "B1", "supplier blocked"));
        await service.Receive(material, "B1", 10);
        await service.Refused(422, "lot-on-hold", "/issues", Issue(material, 1, "B1"));
        var lot = await service.Get($"/lots/{material}/B1");
        ((string)lot["lot"]!["status"]!).ShouldBe("Held");
        ((string)lot["holds"]![0]!["reason"]!).ShouldBe("supplier blocked");
    }

    [Fact]
    public async Task An_order_returns_at_most_what_it_got()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        await service.Post("/issues", Issue(material, 6, "B1", order: "WO-5"));
        object Return(decimal quantity, string order = "WO-5") => new
        {
            order = order,
            material,
            lot = "B1",
            quantity,
            unit = "pcs",
            location = "STORE"
        };
        await service.Refused(422, "more-than-issued", "/returns", Return(7));
        await service.Refused(422, "more-than-issued", "/returns", Return(1, "WO-6"));
        await service.Post("/returns", Return(4));
        await service.Refused(422, "more-than-issued", "/returns", Return(3));

        (await service.OnHand(material)).ShouldBe(8);
        (await service.Published<MaterialIssued>()).Where(issue => issue.Material == material)
            .Select(issue => issue.Quantity).ShouldBe([6, -4]);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task Stock_is_moved_between_real_locations()
    {
        var material = await service.NewMaterial();
        var line = await service.Put("/locations/LINE-1", new { name = "Line 1", kind = "LineSide" });
        (await service.Get("/locations/LINE-1")).ToJsonString().ShouldBe(line.ToJsonString());
        await service.Receive(material, "B1", 10);
        object Move(decimal quantity, string from, string to) =>
            new { material, lot = "B1", quantity, unit = "pcs", from, to };
        await service.Post("/moves", Move(4, "STORE", "LINE-1"));
        await service.Refused(422, "not-enough-stock", "/moves", Move(7, "STORE", "LINE-1"));
        await service.Refused(422, "location-not-real", "/moves", Move(1, "STORE", "SCRAP"));

        (await service.LedgerSums(material)).ShouldBe("B1 LINE-1 4.000000\nB1 STORE 6.000000\nB1 SUPPLIER -10.000000");
        (await service.OnHand(material)).ShouldBe(10);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task An_adjustment_has_a_reason_and_never_makes_stock_negative()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        object Adjust(decimal quantity, bool isScrap = false) => new
        {
            material,
            lot = "B1",
            quantity,
            unit = "pcs",
            location = "STORE",
            reason = "count",
            isScrap
        };
        await service.Post("/adjustments", Adjust(2));
        await service.Post("/adjustments", Adjust(-5));
        await service.Post("/adjustments", Adjust(-1, isScrap: true));
        await service.Refused(422, "not-enough-stock", "/adjustments", Adjust(-7));

        (await service.LedgerSums(material))
            .ShouldBe("B1 ADJUSTMENT 3.000000\nB1 SCRAP 1.000000\nB1 STORE 6.000000\nB1 SUPPLIER -10.000000");
        (await service.Scalar<long>($"SELECT count(*) FROM audit WHERE reason = 'count' AND changes::text LIKE '%{material}%'"))
            .ShouldBe(3);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_movement_is_undone_once_by_its_counter_movement()
    {
        var material = await service.NewMaterial();
        var received = (string)(await service.Receive(material, "B1", 10))["movementId"]!;
        var issued = (string)(await service.Post("/issues", Issue(material, 6, "B1")))["movements"]![0]!["movementId"]!;
        object reason = new { reason = "wrong order" };
        await service.Refused(422, "not-enough-stock", $"/movements/{received}/reversal", reason);
        var undone = (string)(await service.Post($"/movements/{issued}/reversal", reason))["movementId"]!;
        (await service.OnHand(material)).ShouldBe(10);
        await service.Refused(409, "already-reversed", $"/movements/{issued}/reversal", reason);
        await service.Refused(422, "not-reversible", $"/movements/{undone}/reversal", reason);
        await service.Post($"/movements/{received}/reversal", reason);

        (await service.LedgerSums(material)).ShouldBeEmpty();
        (await service.Published<MaterialIssued>()).Where(issue => issue.Material == material)
            .Select(issue => issue.Quantity).ShouldBe([6, -6]);
        ((string)(await service.Get($"/movements/{undone}"))["reverses"]!).ShouldBe(issued);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task A_material_without_lots_is_received_and_issued_without_one()
    {
        var material = await service.NewMaterial(isTrackedByLot: false);
        await service.Post("/receipts", new { material, quantity = 5, unit = "pcs", location = "STORE" });
        await service.Post("/issues", Issue(material, 2));
        (await service.OnHand(material, "-")).ShouldBe(3);
        await service.Refused(422, "not-tracked-by-lot", "/issues", Issue(material, 1, "B1"));
    }

    [Fact]
    public async Task A_materials_unit_is_fixed_once_it_has_been_moved()
    {
        var material = await service.NewMaterial();
        await service.Put($"/materials/{material}", new { name = "Bar", unit = "kg" });
        await service.Put($"/materials/{material}", new { name = "Bar", unit = "pcs" });
        await service.Receive(material, "B1", 1);
        using var response = await service.Send(
            HttpMethod.Put, $"/materials/{material}", new { name = "Bar", unit = "kg" });
        ((int)response.StatusCode).ShouldBe(422);
        (await response.Content.ReadAsStringAsync()).ShouldContain("material-in-use");
    }

    [Fact]
    public async Task A_repeated_command_gets_the_first_answer_also_when_all_come_at_once()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        var id = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
            (await service.Post("/issues", Issue(material, 7, "B1"), id)).ToJsonString()));
        answers.Distinct().Count().ShouldBe(1);
        (await service.OnHand(material)).ShouldBe(3);

        using var other = await service.Send(HttpMethod.Post, "/issues", Issue(material, 1, "B1"), id);
        ((int)other.StatusCode).ShouldBe(409);
        (await service.OnHand(material)).ShouldBe(3);
    }

    [Fact]
    public async Task Stock_and_ledger_are_read_page_by_page()
    {
        var material = await service.NewMaterial();
        for (var lot = 0; lot < 5; lot++) await service.Receive(material, $"B{lot}", 1 + lot);
        await service.Receive(material, "B0", 1);

        var lots = await Pages($"/stock?material={material}&size=2", page => page, item => (string)item!["lot"]!);
        lots.ShouldBe(["B0", "B1", "B2", "B3", "B4"]);
        var ledger = await Pages($"/lots/{material}/B0?size=3", page => page["ledger"]!, line => (string)line!["location"]!);
        ledger.ShouldBe(["STORE", "SUPPLIER", "STORE", "SUPPLIER"]);
        (await Pages($"/lots?material={material}&size=2", page => page, lot => (string)lot!["lot"]!)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Lots_are_listed_by_when_they_were_received_and_by_status()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "FIRST", 1);
        var first = (DateTimeOffset)(await service.Get($"/lots?material={material}"))["items"]![0]!["receivedAt"]!;
        await service.Receive(material, "SECOND", 1);

        (await Lots("")).ShouldBe(["FIRST", "SECOND"]);
        (await Lots($"&from={Text(first)}&to={Text(first.AddMicroseconds(1))}")).ShouldBe(["FIRST"]);
        (await Lots($"&from={Text(first.AddMicroseconds(1))}")).ShouldBe(["SECOND"]);
        (await Lots("&status=Available")).ShouldBe(["FIRST", "SECOND"]);
        (await Lots("&status=Held")).ShouldBeEmpty();

        Task<List<string>> Lots(string query) =>
            Pages($"/lots?material={material}{query}", page => page, lot => (string)lot!["lot"]!);

        static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O");
    }

    async Task<List<string>> Pages(
        string path, Func<System.Text.Json.Nodes.JsonNode, System.Text.Json.Nodes.JsonNode> pageOf,
        Func<System.Text.Json.Nodes.JsonNode?, string> key)
    {
        var keys = new List<string>();
        for (var after = ""; ;)
        {
            var page = pageOf(await service.Get(path + after));
            keys.AddRange(page["items"]!.AsArray().Select(key));
            if (page["next"] is not { } next) return keys;
            after = $"&after={Uri.EscapeDataString((string)next!)}";
        }
    }
}
