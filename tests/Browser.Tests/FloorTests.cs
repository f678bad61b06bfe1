using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>A foreman sees what waits at a unit and why, asks somebody to do it, and says what is done next.</summary>
public sealed class FloorTests(DemoPlant plant) : TerminalScreens(plant)
{
    const string Api = "/api/work-orders";

    // One moment for all orders of a test: what may begin a second later cannot be done next
    readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [ChromiumTheory]
    [InlineData("en", false, "Assign", "Take back", "Do next", "For you", "Undo")]
    [InlineData("zh-CN", true, "指派", "取消指派", "下一个做", "指派给你", "撤销")]
    public async Task Work_at_a_unit_is_seen_assigned_and_put_in_another_order(
        string language, bool isDark, string assign, string takeBack, string doNext, string forYou, string undo)
    {
        // A unit of its own, at which the demo does nothing
        var unit = Orders.NewCode();
        await Plant.UnitAsync(unit);
        await OrderAsync($"{unit}1", unit, days: 1);
        await OrderAsync($"{unit}2", unit, days: 2);
        var (_, second) = await PlannedAsync(unit);

        await using var desk = await Plant.OpenAsAsync("foreman", language, isDark);
        var page = desk.Page;
        await page.GotoAsync("/floor");
        await page.Locator("tr[data-index]", new() { HasText = unit }).ClickAsync();
        var drawer = page.Locator(".ant-drawer").First;
        var rows = drawer.Locator("tr[data-order]");
        await Expect(rows).ToHaveCountAsync(2);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();

        await drawer.Locator($"tr[data-order='{second}']").GetByRole(AriaRole.Button, Named(assign)).ClickAsync();
        var form = page.Locator(".ant-drawer").Last;
        await form.GetByRole(AriaRole.Combobox).FillAsync(Operator);
        await page.Locator(".ant-select-item-option").First.ClickAsync();
        await form.GetByRole(AriaRole.Button, Named(assign)).ClickAsync();
        await Expect(drawer.Locator($"tr[data-order='{second}']")).ToContainTextAsync(Operator);
        await IsAskedAsync(unit, second, forYou, language);

        await drawer.Locator($"tr[data-order='{second}']").GetByRole(AriaRole.Button, Named(takeBack)).ClickAsync();
        await Expect(drawer.Locator($"tr[data-order='{second}']")).Not.ToContainTextAsync(Operator);

        // The one that is second by now: both are in time in either order, and the plant goes on planning
        var later = rows.Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = doNext, Exact = true }) }).First;
        var moved = (await later.GetAttributeAsync("data-order"))!;
        await later.GetByRole(AriaRole.Button, Named(doNext)).ClickAsync();
        await Expect(rows.First).ToHaveAttributeAsync("data-order", moved);
        await Expect(page.Locator(".ant-message").GetByRole(AriaRole.Button, new() { Name = undo }).First).ToBeVisibleAsync();
        desk.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task What_the_plan_does_not_allow_says_why()
    {
        var unit = Orders.NewCode();
        await Plant.UnitAsync(unit);
        await OrderAsync($"{unit}1", unit, days: 1);
        await OrderAsync($"{unit}2", unit, days: 2);
        var (first, second) = await PlannedAsync(unit);
        var locked = (await CardsAsync(unit)).Single(card => card.GetProperty("order").GetString() == first);
        await Plant.PostAsync("/api/scheduling/locks",
            new { operationIds = new[] { locked.GetProperty("operationId").GetGuid() } });

        await using var desk = await Plant.OpenAsAsync("foreman");
        var page = desk.Page;
        await page.GotoAsync($"/floor?unit={unit}");
        var drawer = page.Locator(".ant-drawer").First;
        await drawer.Locator($"tr[data-order='{second}']").GetByRole(AriaRole.Button, Named("Do next")).ClickAsync();
        await Expect(drawer.GetByRole(AriaRole.Alert)).ToContainTextAsync("lock");
        await drawer.Locator($"tr[data-order='{first}']").GetByRole(AriaRole.Button, Named("Release")).ClickAsync();
        await Expect(drawer.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await drawer.Locator($"tr[data-order='{second}']").GetByRole(AriaRole.Button, Named("Do next")).ClickAsync();
        await Expect(drawer.Locator("tr[data-order]").First).ToHaveAttributeAsync("data-order", second);
    }

    static LocatorGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };

    /// <summary>The operator's terminal shows the card among their own work.</summary>
    async Task IsAskedAsync(string unit, string order, string forYou, string language)
    {
        await using var screen = await Plant.OpenAsync(language);
        await SignOnAsync(screen.Page, "operator", unit);
        await screen.Page.ClickAsync("[data-filter='*mine']");
        await Expect(screen.Page.Locator($".card[data-order='{order}'] .assigned")).ToContainTextAsync(forYou);
        await ShouldBeFitAsync(screen.Page);
        screen.Errors.ShouldBeEmpty();
    }

    async Task<List<JsonElement>> CardsAsync(string unit) =>
        [.. (await Plant.GetAsync($"{Api}/dispatch?equipment={unit}")).GetProperty("items").EnumerateArray()];

    /// <summary>Plans, so that no plan asked for earlier comes after, and waits until both orders are planned; gives them in the
    /// order of the plan.</summary>
    async Task<(string First, string Second)> PlannedAsync(string unit)
    {
        await PlanningRuns.Over(Plant.Http, await Plant.PostAsync("/api/scheduling/plans", new { mode = "Incremental" }));
        List<JsonElement> cards = [];
        await Poll.Until(async () =>
        {
            cards = await CardsAsync(unit);
            return cards.Count == 2
                && cards.TrueForAll(card => card.GetProperty("plannedStartAt").ValueKind != JsonValueKind.Null);
        }, TimeSpan.FromMinutes(5), "the orders are planned");
        return (cards[0].GetProperty("order").GetString()!, cards[1].GetProperty("order").GetString()!);
    }

    async Task OrderAsync(string code, string unit, int days)
    {
        await Plant.DefineAsync(code,
            [new { code = "file", equipment = new[] { unit }, runSecondsPerUnit = 600, isReceipt = true }],
            policies: new { qualification = "Off" });
        // Later than now, so that the plan of a plant which lives on leaves them where they are
        await Plant.ReleasedAsync(code, 10, releaseAt: _now.AddHours(6), dueAt: _now.AddDays(days));
    }
}
