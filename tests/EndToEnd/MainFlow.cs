using System.Net;
using System.Text.Json.Nodes;

namespace Mes.EndToEnd.Tests;

/// <summary>
/// An order's whole way through an installation, by its gateway alone: what an order book, a warehouse, a planner, an
/// operator and an inspector do with it, and what every service then shows of it.
/// </summary>
sealed class MainFlow
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    readonly Api _api;
    readonly Shop _shop;
    readonly List<Guid> _reported = [];
    readonly DateTimeOffset _began = TimeProvider.System.GetUtcNow();

    public MainFlow(Api api) => (_api, _shop) = (api, new Shop(api));

    public async Task Run()
    {
        await _shop.Define();
        await _shop.TakeOrder();
        await MaterialIsMissing();
        await MaterialArrives();
        await OrderIsPlanned();
        var signOn = await _shop.SignOn(_began.AddHours(-2));
        await Saw(signOn);
        await EquipmentShowsTheWork();
        await NonconformanceIsOpen();
        await InspectionHoldsMilling(signOn);
        await InspectionReleasesMilling();
        await MillWithOneMistake(signOn);
        await StockHasTheBrackets();
        await OrderIsClosedShort();
        await FeedHasEachReportOnce();
    }

    async Task MaterialIsMissing()
    {
        await Eventually("the order's demand", async () => (await _shop.Demand()).Number("missing") == 20);
        await Eventually("the dispatch list waits for material", async () => await WaitsFor(_shop.Sawing, "material"));
    }

    async Task MaterialArrives()
    {
        await _shop.ReceiveMaterial(20);
        await Eventually("the material is reserved",
            async () => await _shop.Demand() is var demand && demand.Number("missing") == 0 && demand.Number("reserved") == 20);
        await Eventually("sawing is ready", async () => await IsReady(_shop.Sawing));
    }

    async Task OrderIsPlanned()
    {
        // by the dispatch lists
        await _shop.PlanUntil(async () => await IsPlanned(_shop.Sawing) && await IsPlanned(_shop.Milling));
        var sawing = (await _shop.Card(_shop.Sawing))!;
        var milling = (await _shop.Card(_shop.Milling))!;
        Time(milling, "plannedStartAt").ShouldBeGreaterThanOrEqualTo(Time(sawing, "plannedEndAt"));
    }

    /// <summary>Ten minutes of setup and thirty of sawing, with eight good pieces, one scrapped and one in doubt.</summary>
    async Task Saw(Guid signOn)
    {
        await Report(_shop.Sawing, new
        {
            signOnId = signOn, equipment = _shop.Sawing, activity = "Setup", startedAt = _began.AddMinutes(-60),
            endedAt = _began.AddMinutes(-50)
        });
        await Report(_shop.Sawing, new
        {
            signOnId = signOn, equipment = _shop.Sawing, activity = "Run", startedAt = _began.AddMinutes(-50),
            endedAt = _began.AddMinutes(-20), good = 8, scrap = 1, nonconforming = 1,
            consumed = new[] { new { material = _shop.Material, lot = _shop.Lot, quantity = 18, unit = Shop.Unit } }
        });
        await Eventually("the lot is consumed", async () => await _shop.OnHand(_shop.Material) == 2);
        await Eventually("the genealogy of the order", async () => await Traced("up", _shop.Product, _shop.Order)
            is [var used] && used.Text("lot") == _shop.Lot && used.Number("quantity") == 18);
        await Eventually("the genealogy of the lot", async () => await Traced("down", _shop.Material, _shop.Lot)
            is [var made] && made.Text("lot") == _shop.Order && made.Text("order") == _shop.Order);
    }

    async Task<IReadOnlyList<JsonNode>> Traced(string way, string material, string lot) =>
        (await _api.Get($"work-orders/genealogy/{way}?material={material}&lot={lot}")).Items();

    async Task EquipmentShowsTheWork()
    {
        await Eventually("the saw's pieces", async () => (await _shop.Summary(_shop.Sawing)).Number("good") == 8);
        await Eventually("the saw's minutes", async () => await _shop.Summary(_shop.Sawing) is var saw
            && saw.Number("setupMinutes") == 10 && saw.Number("runMinutes") == 30);
        var counted = await _shop.Summary(_shop.Sawing);
        (counted.Number("scrap"), counted.Number("nonconforming"), counted.Number("breakdownMinutes")).ShouldBe((1m, 1m, 0m));
    }

    Task NonconformanceIsOpen() => Eventually("the nonconformance", async () =>
        (await _api.Get($"quality/nonconformances?order={_shop.Order}")).Items() is [var found]
        && found.Number("quantity") == 1 && found.Text("status") == "Open");

    async Task InspectionHoldsMilling(Guid signOn)
    {
        await Eventually("milling waits for Quality", async () => await WaitsFor(_shop.Milling, "quality"));
        var milling = (await _shop.Card(_shop.Milling))!;
        var refused = await _api.Send(HttpMethod.Post, ReportsOf(milling), Milled(signOn, good: 8));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Text);
        refused.Body.Text("code").ShouldBe("operation-on-quality-hold");
    }

    async Task InspectionReleasesMilling()
    {
        var inspection = (await _api.Get($"quality/inspections?order={_shop.Order}")).Items().Single();
        await _api.Post($"quality/inspections/{inspection.Id()}/measurements",
            new { findings = new[] { new { sample = 1, characteristic = "length", value = 100.1 } } });
        await _api.Post($"quality/inspections/{inspection.Id()}/verdict", new { verdict = "Accept" });
        await Eventually("milling is ready", async () => await IsReady(_shop.Milling));
        (await _shop.Card(_shop.Milling))!.Number("available").ShouldBe(8);
    }

    /// <summary>Three pieces are reported by mistake and undone, then the eight that were made.</summary>
    async Task MillWithOneMistake(Guid signOn)
    {
        var mistake = await Report(_shop.Milling, Milled(signOn, good: 3));
        await Eventually("the mistake is in stock", async () => await _shop.OnHand(_shop.Product) == 3);
        var counter = Guid.NewGuid();
        await _api.Post($"work-orders/reports/{mistake}/undo", new { reason = "wrong order" }, counter);
        _reported.Add(counter);
        await Report(_shop.Milling, Milled(signOn, good: 8));
    }

    async Task StockHasTheBrackets()
    {
        await Eventually("eight brackets in stock", async () => await _shop.OnHand(_shop.Product) == 8);
        var receipts = await _api.Get($"inventory/production-receipts/summary?order={_shop.Order}");
        (receipts.Number("pieces"), receipts.Number("receipts"), receipts.Number("reversed")).ShouldBe((8m, 1m, 1m));
        await Eventually("the mill's pieces", async () => (await _shop.Summary(_shop.Milling)).Number("good") == 8);
    }

    async Task OrderIsClosedShort()
    {
        var order = await _api.Post($"erp/orders/{_shop.Order}/close", new { reason = "two pieces were lost" });
        order!.Text("status").ShouldBe("ClosedShort");
        order!.Number("received").ShouldBe(8);
        (await _shop.Card(_shop.Milling)).ShouldBeNull();
        await Eventually("nothing is kept for the order", async () => (await _shop.Demand()).Number("reserved") == 0);
    }

    async Task FeedHasEachReportOnce()
    {
        await Eventually("the confirmations", async () => (await _shop.Confirmations()).Count >= _reported.Count);
        var confirmations = await _shop.Confirmations();
        confirmations.Select(item => item.Id("key")).ShouldBe(_reported, ignoreOrder: true);
        confirmations.Sum(item => item.Number("good")).ShouldBe(8 + 8);     // sawn and milled, the mistake taken back
    }

    async Task<Guid> Report(string equipment, object report)
    {
        var card = await _shop.Card(equipment);
        var id = Guid.NewGuid();
        await _api.Post(ReportsOf(card.ShouldNotBeNull()), report, id);
        _reported.Add(id);
        return id;
    }

    object Milled(Guid signOn, decimal good)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new { signOnId = signOn, equipment = _shop.Milling, activity = "Run", startedAt = now, endedAt = now, good };
    }

    async Task<bool> WaitsFor(string equipment, string what) =>
        await _shop.Card(equipment) is { } card && card.Texts("waitsFor").Contains(what);

    async Task<bool> IsReady(string equipment) =>
        await _shop.Card(equipment) is { } card && card["isReady"]!.GetValue<bool>();

    async Task<bool> IsPlanned(string equipment) => await _shop.Card(equipment) is { } card && card["plannedStartAt"] is not null;

    static string ReportsOf(JsonNode card) => $"work-orders/operations/{card.Id("operationId")}/reports";

    static DateTimeOffset Time(JsonNode card, string name) => card[name]!.GetValue<DateTimeOffset>();

    static Task Eventually(string what, Func<Task<bool>> holds) => Poll.Until(holds, Bound, what);
}
