using System.Net;
using System.Text.Json.Nodes;

namespace Mes.EndToEnd.Tests;

/// <summary>
/// Of ten pieces three are in doubt after sawing and three are rejected after milling; of either three one is used as it is,
/// one is worked on again and one is scrapped. Work orders, quality, stock, equipment and the ERP's feed then say the same.
/// </summary>
sealed class JudgementFlow
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);
    static readonly string[] Kinds = ["UseAsIs", "Rework", "Scrap"];

    readonly Api _api;
    readonly Shop _shop;

    public JudgementFlow(Api api) => (_api, _shop) = (api, new Shop(api));

    public async Task Run()
    {
        await _shop.Define();
        await _shop.DefineFinalInspection();
        await _shop.TakeOrder();
        await _shop.ReceiveMaterial(20);
        var signOn = await _shop.SignOn(TimeProvider.System.GetUtcNow().AddHours(-2));
        await Saw(signOn);
        await Mill(signOn);
        await AllServicesAgree();
        await NoMoreThanWhatPassedIsInStock();
    }

    async Task Saw(Guid signOn)
    {
        await Eventually("sawing is ready", async () => await IsReady(_shop.Sawing));
        await Report(_shop.Sawing, signOn, good: 7, nonconforming: 3);
        await Inspect(new { verdict = "Accept" }, length: 100.1);
        await DecideOnThree();
        await Eventually("one piece is to be sawn again", async () => (await Figures(Shop.Saw)) == (8, 1, 0)
            && await _shop.Card(_shop.Sawing) is { } card && card.Number("open") == 1);
        await Report(_shop.Sawing, signOn, good: 1, isRework: true);
        await Eventually("the pieces that were sawn are offered to the mill", async () =>
            await _shop.Card(_shop.Milling) is { } card && card.Number("available") == 9 && await IsReady(_shop.Milling));
        (await _shop.Card(_shop.Sawing)).ShouldBeNull();
    }

    async Task Mill(Guid signOn)
    {
        await Report(_shop.Milling, signOn, good: 9);
        await Eventually("what was milled is in stock", async () => await _shop.OnHand(_shop.Product) == 9);
        await Inspect(new { verdict = "Partial", acceptedQuantity = 6, rejectedQuantity = 3, reason = "bent" }, length: 105);
        await Eventually("what was rejected leaves stock", async () => await _shop.OnHand(_shop.Product) == 6);
        await DecideOnThree();
        await Eventually("what is used as it is comes back", async () => await _shop.OnHand(_shop.Product) == 7);
        await Report(_shop.Milling, signOn, good: 1, isRework: true);
    }

    async Task AllServicesAgree()
    {
        await Eventually("the mill's pieces", async () => await Figures(Shop.Mill) == (8, 1, 0));
        (await Figures(Shop.Saw)).ShouldBe((9, 1, 0));
        (await Order()).Number("received").ShouldBe(8);
        await Eventually("stock", async () => await _shop.OnHand(_shop.Product) == 8);
        (await _api.Get($"inventory/production-receipts/summary?order={_shop.Order}")).Number("pieces").ShouldBe(8);
        await Eventually("equipment", async () => Pieces(await _shop.Summary(_shop.Sawing)) == (9, 1, 0)
            && Pieces(await _shop.Summary(_shop.Milling)) == (8, 1, 0));
        await Eventually("the ERP's feed", async () => await _shop.Confirmations() is var all
            && all.Sum(item => item.Number("good")) == 9 + 8 && all.Sum(item => item.Number("scrap")) == 1 + 1
            && all.Sum(item => item.Number("nonconforming")) == 0);
        (await OfOrder("nonconformances"))
            .Select(found => (found.Text("status"), found.Number("quantity"), found.Number("undecided")))
            .ShouldBe([("Closed", 3, 0), ("Closed", 3, 0)]);
    }

    async Task NoMoreThanWhatPassedIsInStock()
    {
        var hold = (await _api.Get($"quality/holds?status=Active&lot={_shop.Order}")).Items().Single();
        await _api.Post($"quality/holds/{hold.Id()}/release", new { reason = "sorted out" });
        object Issue(decimal quantity) =>
            new { order = $"NEXT-{_shop.Order}", material = _shop.Product, lot = _shop.Order, quantity, unit = Shop.Unit };
        await Eventually("the lot is released", async () =>
            (await _api.Send(HttpMethod.Post, "inventory/issues", Issue(9))).Body.Text("code") == "not-enough-stock");
        await Eventually("what passed can be used", async () =>
            (await _api.Send(HttpMethod.Post, "inventory/issues", Issue(8))).Status == HttpStatusCode.OK);
    }

    /// <summary>Measures one piece of the inspection that is open and gives the verdict.</summary>
    async Task Inspect(object verdict, double length)
    {
        var inspection = await Open("inspections");
        await _api.Post($"quality/inspections/{inspection.Id()}/measurements",
            new { findings = new[] { new { sample = 1, characteristic = "length", value = length } } });
        await _api.Post($"quality/inspections/{inspection.Id()}/verdict", verdict);
    }

    async Task DecideOnThree()
    {
        var found = await Open("nonconformances");
        found.Number("quantity").ShouldBe(Kinds.Length);
        foreach (var kind in Kinds)
        {
            await _api.Post($"quality/nonconformances/{found.Id()}/dispositions", new { kind, quantity = 1, reason = "seen" });
        }
        await _api.Post($"quality/nonconformances/{found.Id()}/close", new { });
    }

    async Task Report(string equipment, Guid signOn, decimal good, decimal nonconforming = 0, bool isRework = false)
    {
        var card = (await _shop.Card(equipment)).ShouldNotBeNull();
        var now = TimeProvider.System.GetUtcNow();
        await _api.Post($"work-orders/operations/{card.Id("operationId")}/reports", new
        {
            signOnId = signOn, equipment, activity = "Run", startedAt = now, endedAt = now, good, nonconforming, isRework
        });
    }

    /// <summary>The one of the order that waits for people.</summary>
    async Task<JsonNode> Open(string what)
    {
        await Eventually($"open {what}", async () => (await OfOrder(what)).Any(IsOpen));
        return (await OfOrder(what)).Single(IsOpen);

        static bool IsOpen(JsonNode found) => found.Text("status") == "Open";
    }

    async Task<IReadOnlyList<JsonNode>> OfOrder(string what) => (await _api.Get($"quality/{what}?order={_shop.Order}")).Items();

    Task<JsonNode> Order() => _api.Get($"erp/orders/{_shop.Order}");

    async Task<(decimal Good, decimal Scrap, decimal Nonconforming)> Figures(string operation) =>
        Pieces((await Order())["operations"]!.Items().Single(step => step.Text("code") == operation));

    static (decimal Good, decimal Scrap, decimal Nonconforming) Pieces(JsonNode counted) =>
        (counted.Number("good"), counted.Number("scrap"), counted.Number("nonconforming"));

    async Task<bool> IsReady(string equipment) =>
        await _shop.Card(equipment) is { } card && card["isReady"]!.GetValue<bool>();

    static Task Eventually(string what, Func<Task<bool>> holds) => Poll.Until(holds, Bound, what);
}
