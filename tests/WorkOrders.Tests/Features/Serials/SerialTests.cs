using System.Text.Json;

namespace Mes.WorkOrders.Tests.Features.Serials;

/// <summary>Pieces of a product that is tracked by serial number get one each, for ever.</summary>
public sealed class SerialTests(Plant plant) : IClassFixture<Plant>
{
    const string Orders = "/api/work-orders/orders";

    static string New() => Guid.NewGuid().ToString("N")[..10];

    async Task<(Guid Id, string Number, string Product)> Order(
        decimal quantity = 3, string tracking = "Serial", string? called = null)
    {
        var (product, number) = (New(), called ?? New());
        await plant.Service.Define("/api/work-orders/products", new { code = product, name = product, unit = "pcs" });
        await Track(product, new { tracking });
        await plant.Service.Define("/api/work-orders/routings", new
        {
            code = product, revision = "1", product,
            steps = new[] { new { code = "turn", equipment = new[] { "m1" }, isReceipt = true } }
        });
        var order = await plant.Service.Do(Orders, new { order = number, routing = product, quantity });
        return (order.GetProperty("id").GetGuid(), number, product);
    }

    Task<JsonElement> Allot(Guid order, int? count = null) => plant.Service.Do($"{Orders}/{order}/serials", new { count });

    static string?[] Given(JsonElement answer) =>
        [.. answer.GetProperty("given").EnumerateArray().Select(serial => serial.GetString())];

    async Task<string> Refusal(string path, object body, int status = 422)
    {
        using var answer = await plant.Service.Send(path, body);
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString()!;
    }

    [Fact]
    public async Task Without_a_rule_pieces_are_numbered_by_their_order_and_listed_page_by_page()
    {
        var (id, number, _) = await Order();
        var first = await Allot(id, 2);
        Given(first).ShouldBe([$"{number}-0001", $"{number}-0002"]);
        (first.GetProperty("allotted").GetInt32(), first.GetProperty("missing").GetInt32()).ShouldBe((2, 1));
        Given(await Allot(id)).ShouldBe([$"{number}-0003"]);
        Given(await Allot(id)).ShouldBeEmpty();

        var page = await plant.Service.Get($"{Orders}/{id}/serials?size=2");
        page.GetProperty("items").GetArrayLength().ShouldBe(2);
        var rest = await plant.Service.Get($"{Orders}/{id}/serials?size=2&after={page.GetProperty("next").GetString()}");
        rest.GetProperty("items")[0].GetProperty("serial").GetString().ShouldBe($"{number}-0003");
        rest.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_rule_numbers_them_and_never_gives_a_number_twice()
    {
        var (id, _, product) = await Order(4);
        await Rule("S{counter:3}");
        Given(await Allot(id, 2)).ShouldBe(["S001", "S002"]);
        // The same numbers by another pattern: those that are taken are passed over
        await Rule("S00{counter:1}");
        await plant.Service.Query<int>(
            $"UPDATE numbering_rule SET counter = 0 WHERE kind = 'Serials' AND product = '{product}' RETURNING 1");
        Given(await Allot(id)).ShouldBe(["S003", "S004"]);

        Task<JsonElement> Rule(string pattern) => plant.Service.Do(
            $"/api/work-orders/numbering/Serials?product={product}", new { pattern, reset = "None" }, method: HttpMethod.Put);
    }

    [Fact]
    public async Task What_two_ask_for_at_once_is_given_once()
    {
        var (id, _, _) = await Order(20);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Allot(id, 5)));
        answers.SelectMany(Given).Distinct().Count().ShouldBe(20);
        (await plant.Service.Query<int>($"SELECT max(sequence) FROM serial_number WHERE order_id = '{id}'")).ShouldBe(20);
    }

    [Fact]
    public async Task More_than_the_pieces_of_the_order_and_other_orders_get_none()
    {
        var (id, _, _) = await Order();
        (await Refusal($"{Orders}/{id}/serials", new { count = 4 })).ShouldBe("too-many-serials");
        (await Refusal($"{Orders}/{id}/serials", new { count = 0 }, 400)).ShouldBe("invalid-value");
        (await Refusal($"{Orders}/{Guid.NewGuid()}/serials", new { }, 404)).ShouldBe("order-not-found");
        var (lots, _, _) = await Order(tracking: "Lot");
        (await Refusal($"{Orders}/{lots}/serials", new { })).ShouldBe("product-not-serialized");
        var (broken, _, _) = await Order(2.5m);
        (await Refusal($"{Orders}/{broken}/serials", new { })).ShouldBe("quantity-not-whole");
        var (longest, _, _) = await Order(called: New().PadRight(96, '0'));
        (await Refusal($"{Orders}/{longest}/serials", new { })).ShouldBe("order-number-too-long");
        await plant.Service.Do($"{Orders}/{id}/cancel", new { reason = "not wanted" });
        (await Refusal($"{Orders}/{id}/serials", new { })).ShouldBe("order-over");
    }

    [Fact]
    public async Task A_product_has_a_GTIN_of_its_own_which_stays_when_it_is_defined_again()
    {
        const string gtin = "09506000134352";
        var (code, other) = (New(), New());
        foreach (var product in new[] { code, other })
        {
            await plant.Service.Define("/api/work-orders/products", new { code = product, name = "A", unit = "pcs" });
        }
        await Track(code, new { tracking = "Serial", gtin = gtin.TrimStart('0') });
        var again = await plant.Service.Define("/api/work-orders/products", new { code, name = "B", unit = "pcs" });
        again.GetProperty("tracking").GetString().ShouldBe("Serial");
        var found = await plant.Service.Get($"/api/work-orders/products?gtin={gtin}");
        found.GetProperty("items").EnumerateArray().Single().GetProperty("code").GetString().ShouldBe(code);
        (await Refused(other, gtin)).ShouldBe("gtin-in-use");
        (await Refused(other, "9506000134353")).ShouldBe("gtin-wrong");
        (await Track(code, new { tracking = "Lot" })).GetProperty("gtin").ValueKind.ShouldBe(JsonValueKind.Null);

        async Task<string> Refused(string product, string number)
        {
            using var answer = await plant.Service.Send($"/api/work-orders/products/{product}/tracking",
                new { tracking = "Lot", gtin = number }, method: HttpMethod.Put);
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString()!;
        }
    }

    [Fact]
    public async Task A_piece_is_found_by_its_number_and_keeps_it_when_the_order_gets_smaller()
    {
        var (id, number, product) = await Order();
        await Allot(id);
        var piece = await plant.Service.Get($"/api/work-orders/products/{product}/serials/{number}-0002");
        (piece.GetProperty("order").GetString(), piece.GetProperty("orderId").GetGuid()).ShouldBe((number, id));
        (await plant.Service.Send($"/api/work-orders/products/{product}/serials/none", null, method: HttpMethod.Get))
            .StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        await plant.Service.Do($"{Orders}/{id}/change", new { quantity = 2, priority = 0, reason = "fewer" });
        (await Allot(id)).GetProperty("missing").GetInt32().ShouldBe(0);
    }

    Task<JsonElement> Track(string product, object how) =>
        plant.Service.Do($"/api/work-orders/products/{product}/tracking", how, method: HttpMethod.Put);
}
