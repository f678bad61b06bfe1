using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>Who changed a record, when, what and why, is told beside it in the user's words.</summary>
public sealed class HistoryTests(DemoPlant plant)
{
    [ChromiumTheory]
    [InlineData("en", "Hold", "History", "Order put on hold", "On hold", "Details")]
    [InlineData("zh-CN", "暂停", "历史", "暂停工单", "暂停", "详细")]
    public async Task Of_an_order_that_was_held(
        string language, string hold, string history, string deed, string state, string details)
    {
        await using var screen = await plant.OpenAsAsync("administrator", language);
        var order = Orders.NewCode();
        await plant.DefineAsync(order, Orders.Turn);
        var why = $"no steel {Guid.NewGuid():N}";
        await screen.Page.GotoAsync($"/orders/{await plant.ReleasedAsync(order, 10)}");
        var actions = screen.Page.Locator(".page-head .actions");
        await actions.GetByRole(AriaRole.Button, new() { Name = hold, Exact = true }).ClickAsync();
        await screen.Page.Locator(".ant-drawer textarea, .ant-drawer input").First.FillAsync(why);
        await screen.Page.Locator(".ant-drawer").GetByRole(AriaRole.Button, new() { Name = hold, Exact = true }).ClickAsync();
        // Until it is shut, and has given the focus back
        await Expect(screen.Page.Locator(".ant-drawer-content-wrapper:visible")).ToHaveCountAsync(0);

        await actions.GetByRole(AriaRole.Button, new() { Name = history, Exact = true }).FocusAsync();
        await screen.Page.Keyboard.PressAsync("Enter");
        var newest = screen.Page.Locator(".trail-entry").Filter(new() { HasText = why });
        await Expect(newest).ToContainTextAsync(deed);
        await Expect(newest).ToContainTextAsync("Administrator");
        await Expect(newest.Locator("ins").First).ToHaveTextAsync(state);
        await Expect(newest.GetByText("/hold")).ToBeHiddenAsync();
        await newest.GetByText(details, new() { Exact = true }).ClickAsync();
        await Expect(newest.GetByText("/hold")).ToBeVisibleAsync();
        (await Accessibility.FindingsAsync(screen.Page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Of_a_record_is_for_whoever_leads_and_the_whole_trail_for_administrators()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        var order = (await plant.GetAsync("/api/work-orders/orders?size=1")).GetProperty("items")[0];
        await screen.Page.GotoAsync($"/orders/{order.GetProperty("id").GetString()}");
        await Expect(screen.Page.Locator("h1")).ToBeVisibleAsync();
        await Expect(screen.Page.GetByText("History", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(screen.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" })).ToHaveCountAsync(0);
        (await Status("/api/work-orders/audit")).ShouldBe(403);
        (await Status("/api/identity/audit?record=people:1")).ShouldBe(403);
        (await Status($"/api/work-orders/audit?record=work_order:{order.GetProperty("id").GetString()}")).ShouldBe(200);

        Task<int> Status(string address) =>
            screen.Page.EvaluateAsync<int>("async address => (await fetch(address)).status", address);
    }

    [ChromiumFact]
    public async Task All_of_it_is_told_in_words_and_found_by_what_was_done()
    {
        await using var screen = await plant.OpenAsAsync("administrator");
        await screen.Page.GotoAsync("/audit");
        await Expect(screen.Page.Locator("tr[data-index='0']")).ToBeVisibleAsync();
        await Expect(screen.Page.GetByText("POST /api").First).ToBeHiddenAsync();

        await screen.Page.GetByRole(AriaRole.Combobox, new() { Name = "Action" }).FillAsync("Order released");
        await screen.Page.Keyboard.PressAsync("Enter");
        var deeds = screen.Page.Locator("tr[data-index] td:nth-child(3)");
        await Expect(deeds.First).ToHaveTextAsync("Order released");
        (await deeds.AllTextContentsAsync()).Distinct().ShouldBe(["Order released"]);
    }
}
