using System.Text.Json;

namespace Mes.WorkOrders.Tests.Features.Numbering;

/// <summary>Orders and lots are numbered by rules, of a product or for all.</summary>
public sealed class NumberingTests(Plant plant) : IClassFixture<Plant>
{
    const string Rules = "/api/work-orders/numbering";
    const string Orders = "/api/work-orders/orders";

    Task<JsonElement> Define(string kind, string pattern, string? product = null, string reset = "None") => plant.Service.Do(
        $"{Rules}/{kind}{(product is null ? "" : $"?product={product}")}", new { pattern, reset }, method: HttpMethod.Put);

    async Task<JsonElement> Create(string routing, string? lot = null) =>
        await plant.Service.Do(Orders, new { routing, quantity = 1, lot });

    async Task<string> Routed(string product)
    {
        await plant.Service.Define("/api/work-orders/products", new { code = product, name = product, unit = "pcs" });
        await plant.Service.Define("/api/work-orders/routings", new
        {
            code = $"R-{product}", revision = "1", product,
            steps = new[] { new { code = "turn", equipment = new[] { "m1" }, isReceipt = true } }
        });
        return $"R-{product}";
    }

    static string Text(JsonElement order, string member) => order.GetProperty(member).GetString()!;

    [Fact]
    public async Task Each_product_is_numbered_by_its_own_rule_or_by_that_for_all()
    {
        var (own, any) = (await Routed("own"), await Routed("any"));
        await Define("Orders", "ALL-{counter:3}");
        await Define("Orders", "OWN-{counter:2}", "own");
        await Define("Lots", "L-{yyyy}-{counter:2}", "own", "Year");

        Text(await Create(any), "order").ShouldBe("ALL-001");
        var first = await Create(own);
        Text(first, "order").ShouldBe("OWN-01");
        Text(first, "lot").ShouldMatch("^L-20[0-9]{2}-01$");
        Text(await Create(own, "mine"), "lot").ShouldBe("mine");
        var third = await Create(any);
        (Text(third, "order"), Text(third, "lot")).ShouldBe(("ALL-002", "ALL-002"));

        // what somebody else was numbered by hand is passed over
        await plant.Service.Do(Orders, new { order = "ALL-003", routing = any, quantity = 1 });
        Text(await Create(any), "order").ShouldBe("ALL-004");
        var listed = (await plant.Service.Get($"{Rules}/Orders")).GetProperty("items");
        listed.EnumerateArray().Select(rule => (rule.GetProperty("product").GetString(), Text(rule, "next")))
            .Where(rule => rule.Item1 is null or "own").ShouldBe([(null, "ALL-005"), ("own", "OWN-03")]);

        var preview = await plant.Service.Get($"{Rules}/Orders/preview?pattern=X{{counter:1}}&product=own");
        preview.GetProperty("next").EnumerateArray().Select(next => next.GetString()).ShouldBe(["X3", "X4", "X5"]);
        Text((await plant.Service.Get($"{Rules}/Orders?product=own")).GetProperty("items")[0], "next").ShouldBe("OWN-03");
        var untold = await plant.Service.Get($"{Rules}/Serials/preview?pattern={{yy}}{{MM}}{{counter:2}}&reset=Month");
        untold.GetProperty("next").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task Of_many_who_create_orders_at_once_each_gets_a_number_and_none_is_left_out()
    {
        var routing = await Routed("many");
        await Define("Orders", "M-{counter:1}", "many");

        var numbers = await Task.WhenAll(Enumerable.Range(0, 24).Select(async _ => Text(await Create(routing), "order")));

        numbers.Order(StringComparer.Ordinal).ShouldBe(
            Enumerable.Range(1, 24).Select(number => $"M-{number}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refused_order_takes_no_number()
    {
        var routing = await Routed("gap");
        await Define("Orders", "G-{counter:1}", "gap");
        await Create(routing, "same");
        using var refused = await plant.Service.Send(Orders, new { routing, quantity = 1, lot = "same" });
        ((int)refused.StatusCode).ShouldBe(422);
        Text(await Create(routing), "order").ShouldBe("G-2");
    }

    [Theory]
    [InlineData("pattern=WO", 422, "pattern-needs-one-counter")]
    [InlineData("pattern={counter:4}&reset=Year", 422, "pattern-repeats")]
    [InlineData("pattern={counter:4}&reset=Week", 400, "malformed-request")]
    [InlineData("reset=Year", 400, "malformed-request")]
    public async Task What_is_wrong_with_a_pattern_is_told_while_it_is_typed(string query, int status, string code)
    {
        using var answer = await plant.Service.Http.GetAsync($"{Rules}/Orders/preview?{query}");
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
    }

    [Fact]
    public async Task A_rule_that_is_none_is_refused()
    {
        foreach (var (path, body, status) in new (string, object, int)[]
        {
            ("Orders", new { pattern = "x" }, 422), ("Orders", new { pattern = "" }, 400), ("Orders", new { }, 400),
            ("Things", new { pattern = "{counter:1}" }, 400), ("Lots?product=unknown", new { pattern = "{counter:1}" }, 404)
        })
        {
            using var answer = await plant.Service.Send($"{Rules}/{path}", body, method: HttpMethod.Put);
            ((int)answer.StatusCode).ShouldBe(status, path);
        }
    }

    [Fact]
    public async Task A_rule_that_has_given_no_number_is_removed_once_and_can_be_brought_back()
    {
        var routing = await Routed("gone");
        await Define("Orders", "GO-{counter:2}", "gone");
        await Define("Serials", "ALL-{counter:3}");
        await Define("Lots", "GONE-{counter:2}", "gone", "None");
        var id = Guid.NewGuid();
        var removed = await plant.Service.Do($"{Rules}/Lots?product=gone", null, id, HttpMethod.Delete);
        Text(removed, "pattern").ShouldBe("GONE-{counter:2}");
        Text(await plant.Service.Do($"{Rules}/Lots?product=gone", null, id, HttpMethod.Delete), "pattern")
            .ShouldBe("GONE-{counter:2}");
        (await plant.Service.Get($"{Rules}/Lots?product=gone")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await plant.Service.Get($"{Rules}/Serials")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        (await Refusal("Lots?product=gone")).ShouldBe((404, "numbering-not-found"));

        await Define("Lots", "GONE-{counter:2}", "gone");
        Text(await Create(routing), "lot").ShouldBe("GONE-01");
    }

    [Fact]
    public async Task A_rule_that_has_given_numbers_stays()
    {
        var routing = await Routed("kept");
        await Define("Orders", "KO-{counter:2}", "kept");
        await Define("Lots", "KEPT-{counter:2}", "kept");
        await Create(routing);
        (await Refusal("Lots?product=kept")).ShouldBe((409, "numbering-used"));
        Text(await Create(routing), "lot").ShouldBe("KEPT-02");
    }

    async Task<(int, string?)> Refusal(string path)
    {
        using var answer = await plant.Service.Send($"{Rules}/{path}", null, method: HttpMethod.Delete);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return ((int)answer.StatusCode, problem.GetProperty("code").GetString());
    }
}
