using System.Text.Json;
using Mes.Contracts;

namespace Mes.WorkOrders.Tests.Features.Serials;

/// <summary>Reports name pieces and what went into them.</summary>
public sealed class PieceTests(Plant plant) : IClassFixture<Plant>
{
    const string Api = "/api/work-orders";

    sealed record Made(Guid Id, string Product, string Number, Guid Turn, Guid Pack, Guid SignOn)
    {
        public string Serial(int place) => $"{Number}-{place:0000}";

        public object Report(object[]? serials = null, decimal good = 1, decimal scrap = 0, decimal nonconforming = 0,
            int hour = 8, bool isRework = false, string equipment = "m1", object[]? consumed = null) =>
            new
            {
                signOnId = SignOn, equipment, activity = "Run", good, scrap, nonconforming, isRework, serials, consumed,
                startedAt = $"2026-01-02T{hour:00}:00:00Z", endedAt = $"2026-01-02T{hour:00}:30:00Z"
            };
    }

    static object Named(string serial, string result = "Good") => new { serial, result };

    async Task<Made> Order(string serials = "Warn", int quantity = 3)
    {
        var code = Guid.NewGuid().ToString("N")[..10];
        await plant.Service.Define($"{Api}/products", new { code, name = code, unit = "pcs" });
        await plant.Service.Do($"{Api}/products/{code}/tracking", new { tracking = "Serial" }, method: HttpMethod.Put);
        await plant.Service.Define($"{Api}/routings", new
        {
            code, revision = "1", product = code,
            steps = new object[]
            {
                new { code = "turn", equipment = new[] { "m1" } },
                new { code = "pack", equipment = new[] { "m2" }, isReceipt = true }
            },
            policies = new { sequence = "Off", overQuantity = "Off", completesByQuantity = false, serials }
        });
        var order = await plant.Service.Define("/api/erp/orders",
            new { number = code, routing = code, revision = "1", quantity, release = true });
        var id = order.GetProperty("id").GetGuid();
        await plant.Service.Do($"{Api}/orders/{id}/serials", new { });
        var signOn = await plant.Service.Do($"{Api}/sign-ons",
            new { @operator = "O", station = "T", at = "2026-01-01T00:00:00Z" });
        var operations = order.GetProperty("operations");
        return new Made(id, code, code, operations[0].GetProperty("id").GetGuid(), operations[1].GetProperty("id").GetGuid(),
            signOn.GetProperty("id").GetGuid());
    }

    Task<JsonElement> Report(Guid operation, object body) => plant.Service.Do($"{Api}/operations/{operation}/reports", body);

    async Task<string?> Refused(Guid operation, object body, int status = 422)
    {
        using var answer = await plant.Service.Send($"{Api}/operations/{operation}/reports", body);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("code").GetString();
    }

    [Fact]
    public async Task A_report_names_its_pieces_and_each_is_reported_once_at_an_operation_until_that_is_undone()
    {
        var order = await Order();
        var first = await Report(order.Turn, order.Report([Named(order.Serial(1))]));
        var listed = await plant.Service.Get($"{Api}/operations/{order.Turn}/reports");
        listed.GetProperty("items")[0].GetProperty("serials")[0].GetProperty("serial").GetString().ShouldBe(order.Serial(1));
        (await Refused(order.Turn, order.Report([Named(order.Serial(1))], hour: 9))).ShouldBe("piece-already-reported");
        (await Refused(order.Turn, order.Report([Named(order.Serial(2))], good: 2, hour: 9))).ShouldBe("serials-do-not-agree");
        await Report(order.Turn, order.Report([Named(order.Serial(1))], hour: 9, isRework: true));
        await Report(order.Pack, order.Report([Named(order.Serial(1))], hour: 10, equipment: "m2"));
        await plant.Service.Do($"{Api}/reports/{first.GetProperty("reportId").GetGuid()}/undo", new { reason = "mistake" });
        (await Refused(order.Turn, order.Report([Named(order.Serial(1))], hour: 11))).ShouldBe("piece-already-reported");
        var second = await Report(order.Turn, order.Report([Named(order.Serial(2))], hour: 11));
        await plant.Service.Do($"{Api}/reports/{second.GetProperty("reportId").GetGuid()}/undo", new { reason = "mistake" });
        await Report(order.Turn, order.Report([Named(order.Serial(2))], hour: 11));
    }

    [Fact]
    public async Task A_scrapped_piece_goes_on_only_once_its_report_is_undone()
    {
        var order = await Order();
        var scrapped = await Report(order.Turn, order.Report([Named(order.Serial(1), "Scrap")], good: 0, scrap: 1));
        (await Refused(order.Pack, order.Report([Named(order.Serial(1))], equipment: "m2"))).ShouldBe("piece-scrapped");
        await plant.Service.Do($"{Api}/reports/{scrapped.GetProperty("reportId").GetGuid()}/undo", new { reason = "mistake" });
        await Report(order.Pack, order.Report([Named(order.Serial(1))], equipment: "m2"));
    }

    [Fact]
    public async Task Pieces_are_of_the_order_and_named_once()
    {
        var (order, other) = (await Order(), await Order());
        (await Refused(order.Turn, order.Report([Named(other.Serial(1))]))).ShouldBe("serial-unknown");
        (await Refused(order.Turn, order.Report([Named(order.Serial(1)), Named(order.Serial(1))], good: 2), 400))
            .ShouldBe("invalid-value");
        (await Refused(order.Turn, order.Report([Named("")]), 400)).ShouldBe("invalid-code");
        var lot = await plant.Release();
        (await Refused(lot.Turn, order.Report([Named(order.Serial(1))]))).ShouldBe("product-not-serialized");
    }

    [Fact]
    public async Task Where_pieces_go_into_stock_the_policy_says_whether_they_must_be_named()
    {
        var (warns, blocks) = (await Order(), await Order("Block"));
        var taken = await Report(warns.Pack, warns.Report(equipment: "m2"));
        taken.GetProperty("discrepancies").EnumerateArray().Select(kind => kind.GetString()).ShouldContain("serials");
        var found = await plant.Service.Get($"{Api}/discrepancies?orderId={warns.Id}");
        found.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("kind").GetString()).ShouldContain("serials");
        (await Refused(blocks.Pack, blocks.Report(equipment: "m2"))).ShouldBe("serials-missing");
        await Report(blocks.Turn, blocks.Report());
        await Report(blocks.Pack, blocks.Report([Named(blocks.Serial(1))], equipment: "m2"));
    }

    [Fact]
    public async Task What_two_orders_want_to_build_in_at_once_goes_into_one()
    {
        var part = await Order(quantity: 1);
        var orders = new[] { await Order(), await Order(), await Order() };
        var answers = await Task.WhenAll(orders.Select(order => plant.Service.Send(
            $"{Api}/operations/{order.Turn}/reports", order.Report([Named(order.Serial(1))], consumed: [Part(order)]))));
        answers.Select(answer => (int)answer.StatusCode).Order().ShouldBe([200, 422, 422]);
        (await answers.First(answer => (int)answer.StatusCode == 422).Content.ReadAsStringAsync())
            .ShouldContain("piece-built-in-before");

        object Part(Made order) => new
        {
            material = part.Product, lot = part.Number, quantity = 1, unit = "pcs", serial = order.Serial(1),
            componentSerial = part.Serial(1)
        };
    }

    [Fact]
    public async Task A_pieces_whole_life_is_on_one_page()
    {
        var (part, order) = (await Order(quantity: 1), await Order());
        await plant.Service.Do($"{Api}/orders/{order.Id}/prints", new { paper = "UnitLabels", firstPiece = 1, lastPiece = 1 });
        await plant.Service.Do($"{Api}/orders/{order.Id}/prints", new { paper = "UnitLabels", firstPiece = 2, lastPiece = 3 });
        var undone = await Report(order.Turn, order.Report([Named(order.Serial(1))]));
        await plant.Service.Do($"{Api}/reports/{undone.GetProperty("reportId").GetGuid()}/undo", new { reason = "mistake" });
        (await Show(order, 1)).GetProperty("state").GetString().ShouldBe("Allotted");
        await Report(order.Turn, order.Report([Named(order.Serial(1), "Nonconforming"), Named(order.Serial(2))], hour: 9,
            nonconforming: 1, consumed: [Into(order.Serial(1), 0.5m), Into(order.Serial(2), 0.25m)]));
        (await Show(order, 1)).GetProperty("state").GetString().ShouldBe("SetAside");
        await Report(order.Turn, order.Report([Named(order.Serial(1))], hour: 10, isRework: true));
        (await Show(order, 1)).GetProperty("state").GetString().ShouldBe("UnderWay");
        await Report(order.Pack, order.Report([Named(order.Serial(1))], hour: 11, equipment: "m2", consumed:
            [new { material = part.Product, lot = part.Number, quantity = 1, unit = "pcs", serial = order.Serial(1),
                componentSerial = part.Serial(1) }]));

        var life = await Show(order, 1);
        life.GetProperty("state").GetString().ShouldBe("Finished");
        (life.GetProperty("order").GetString(), life.GetProperty("lot").GetString()).ShouldBe((order.Number, order.Number));
        life.GetProperty("steps").EnumerateArray().Select(step => (step.GetProperty("operation").GetString(),
            step.GetProperty("result").GetString(), step.GetProperty("isRework").GetBoolean(),
            step.GetProperty("isUndone").GetBoolean(), step.GetProperty("equipment").GetString())).ShouldBe([
                ("turn", "Good", false, true, "m1"), ("turn", "Nonconforming", false, false, "m1"),
                ("turn", "Good", true, false, "m1"), ("pack", "Good", false, false, "m2")]);
        life.GetProperty("components").EnumerateArray().Select(one => (one.GetProperty("material").GetString(),
            one.GetProperty("quantity").GetDecimal(), one.GetProperty("serial").GetString())).ShouldBe([
                ("OIL", 0.5m, null), (part.Product, 1m, part.Serial(1))]);
        life.GetProperty("labels").EnumerateArray().Single().GetProperty("number").GetInt32().ShouldBe(1);
        var used = await Show(part, 1);
        used.GetProperty("state").GetString().ShouldBe("BuiltIn");
        used.GetProperty("builtInto").GetProperty("serial").GetString().ShouldBe(order.Serial(1));
        var listed = await plant.Service.Get($"{Api}/orders/{order.Id}/serials");
        listed.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("state").GetString())
            .ShouldBe(["Finished", "UnderWay", "Allotted"]);
        listed.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("operationIds").EnumerateArray()
            .Select(operation => operation.GetGuid()).Order().ToArray())
            .ShouldBe([[.. new[] { order.Turn, order.Pack }.Order()], [order.Turn], []]);
        var found = await plant.Service.Get($"{Api}/serials?search={order.Serial(1).ToUpperInvariant()}");
        found.GetProperty("items").EnumerateArray().Single().GetProperty("orderId").GetGuid().ShouldBe(order.Id);
    }

    [Fact]
    public async Task Genealogy_goes_through_the_piece_where_reports_name_it_and_through_the_lot_for_the_rest()
    {
        var (part, order, top) = (await Order(quantity: 2), await Order(), await Order());
        var steel = $"ST-{part.Number}";
        await Report(part.Turn, part.Report([Named(part.Serial(1)), Named(part.Serial(2))], good: 2, consumed:
            [new { material = "STEEL", lot = steel, quantity = 2, unit = "kg", serial = part.Serial(1) },
                new { material = "STEEL", lot = $"{steel}-2", quantity = 1, unit = "kg", serial = part.Serial(2) }]));
        await Issue(part, "STEEL", steel, 2);
        await Issue(part, "STEEL", $"{steel}-2", 3);        // 2 more than reports say of pieces
        await Build(part.Serial(1), order);
        await Build(part.Serial(2), top);
        await Issue(order, part.Product, part.Number, 1);
        await Issue(top, part.Product, part.Number, 1);

        (await Traced("down", "STEEL", steel)).ShouldBe(
            [(part.Product, part.Serial(1), 2m, 1), (order.Product, order.Serial(1), 1m, 2)]);
        (await Traced("down", "STEEL", $"{steel}-2")).ShouldBe(
            [(part.Product, null, 2m, 1), (part.Product, part.Serial(2), 1m, 1), (order.Product, order.Serial(1), 1m, 2),
                (top.Product, top.Serial(1), 1m, 2), (top.Product, top.Serial(1), 1m, 2)], ignoreOrder: true);
        (await Traced("up", order.Product, order.Number, order.Serial(1))).ShouldBe(
            [(part.Product, part.Serial(1), 1m, 1), ("STEEL", null, 2m, 2), ("STEEL", null, 2m, 2)], ignoreOrder: true);
        (await Traced("up", order.Product, order.Number, order.Serial(2))).ShouldBeEmpty();
        (await Traced("up", order.Product, order.Number)).Length.ShouldBe(3);

        Task Build(string serial, Made into) => Report(into.Turn, into.Report([Named(into.Serial(1))], consumed:
            [new { material = part.Product, lot = part.Number, quantity = 1, unit = "pcs", serial = into.Serial(1),
                componentSerial = serial }]));
    }

    async Task<(string? Material, string? Serial, decimal Quantity, int Depth)[]> Traced(
        string way, string material, string lot, string? serial = null)
    {
        var page = await plant.Service.Get(
            $"{Api}/genealogy/{way}?material={material}&lot={lot}{(serial is null ? "" : $"&serial={serial}")}");
        return [.. page.GetProperty("items").EnumerateArray().Select(found => (
            found.GetProperty("material").GetString(), found.GetProperty("serial").GetString(),
            found.GetProperty("quantity").GetDecimal(), found.GetProperty("depth").GetInt32()))];
    }

    Task Issue(Made order, string material, string lot, decimal quantity) => plant.Service.Deliver("workorders-trace-issue",
        new MaterialIssued(Guid.NewGuid(), order.Number, material, lot, quantity, "pcs", TimeProvider.System.GetUtcNow()));

    static object Into(string serial, decimal quantity) =>
        new { material = "OIL", lot = "O1", quantity, unit = "l", serial };

    Task<JsonElement> Show(Made order, int place) =>
        plant.Service.Get($"{Api}/products/{order.Product}/serials/{order.Serial(place)}");
}
