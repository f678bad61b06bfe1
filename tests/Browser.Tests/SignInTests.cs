using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

public sealed class SignInTests(DemoPlant plant)
{
    [ChromiumTheory]
    [InlineData("en", "Foreman", "Overview", "Overview")]
    [InlineData("en", "Planner", "Plan board", "Plans")]
    [InlineData("zh-CN", "工艺工程师", "产品", "工艺路线")]
    [InlineData("zh-CN", "质检员", "检验", "不合格品")]
    [InlineData("en", "Warehouse", "Stock", "Lots")]
    [InlineData("en", "Maintenance", "Equipment", "Calendars")]
    [InlineData("zh-CN", "人事", "人员", "人员")]
    [InlineData("en", "Administrator", "Overview", "Audit")]
    public async Task Each_role_begins_where_its_work_is(string language, string role, string start, string alsoSees)
    {
        await using var screen = await plant.OpenAsync(language);
        await screen.Page.GotoAsync("/");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = role, Exact = true }).ClickAsync();
        await Expect(screen.Page.Locator("#content h1")).ToHaveTextAsync(start);
        var way = screen.Page.Locator("nav").GetByRole(AriaRole.Link, new() { Name = alsoSees, Exact = true });
        await Expect(way.First).ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task An_operator_begins_at_the_terminal()
    {
        await using var screen = await plant.OpenAsync();
        await screen.Page.GotoAsync("/");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Operator", Exact = true }).ClickAsync();
        await screen.Page.WaitForURLAsync("**/terminal/");
    }

    [ChromiumFact]
    public async Task Who_may_not_see_a_place_does_not_see_the_way_to_it()
    {
        await using var screen = await plant.OpenAsAsync("warehouse");
        await screen.Page.GotoAsync("/stock");
        var navigation = screen.Page.Locator("nav");
        await Expect(navigation.GetByRole(AriaRole.Link, new() { Name = "Materials", Exact = true })).ToBeVisibleAsync();
        await Expect(navigation.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true })).ToHaveCountAsync(0);
        await screen.Page.GotoAsync("/products");
        await Expect(screen.Page.Locator("#content h1")).ToHaveTextAsync("Products");
        await Expect(screen.Page.GetByRole(AriaRole.Button, new() { Name = "New product" })).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task A_wrong_password_is_told_and_the_right_one_leads_to_where_one_wanted_to_go()
    {
        await using var screen = await plant.OpenAsync();
        await screen.Page.GotoAsync("/stock?material=none");
        await screen.Page.FillAsync("input[autocomplete=username]", "demo-warehouse");
        await screen.Page.FillAsync("input[autocomplete=current-password]", "not-this-one");
        await screen.Page.Keyboard.PressAsync("Enter");
        await Expect(screen.Page.Locator(".ant-alert-error")).ToContainTextAsync("Badge, name or secret is wrong");
        await screen.Page.FillAsync("input[autocomplete=current-password]", "try-mes-today");
        await screen.Page.Keyboard.PressAsync("Enter");
        await screen.Page.WaitForURLAsync("**/stock?material=none");
        await Expect(screen.Page.Locator("#content h1")).ToHaveTextAsync("Stock");
    }

    [ChromiumFact]
    public async Task Language_and_colours_change_without_a_reload_and_are_remembered()
    {
        await using var screen = await plant.OpenAsAsync("planner", "zh-CN");
        await screen.Page.GotoAsync("/orders");
        await Expect(screen.Page.Locator("#content h1")).ToHaveTextAsync("工单");
        await screen.Page.EvaluateAsync("window.notReloaded = true");

        await screen.Page.ClickAsync("#language");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();

        await Expect(screen.Page.Locator("#content h1")).ToHaveTextAsync("Orders");
        (await screen.Page.GetAttributeAsync("html", "lang")).ShouldBe("en");
        await Expect(screen.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        (await screen.Page.EvaluateAsync<bool>("window.notReloaded")).ShouldBeTrue();
        await screen.Page.ReloadAsync();
        await Expect(screen.Page.Locator("#content h1")).ToHaveTextAsync("Orders");
        await Expect(screen.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [ChromiumFact]
    public async Task A_session_that_ends_leads_to_the_sign_in_and_back()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        await screen.Page.GotoAsync("/plans");
        await Expect(screen.Page.Locator("#content h1")).ToHaveTextAsync("Plans");
        await screen.Context.ClearCookiesAsync();
        // What is live may have noticed before: then there is no such button any more
        await screen.Page.EvaluateAsync("document.querySelector('[aria-label=\"Read again\"]')?.click()");
        await Expect(screen.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?next=%2Fplans"));
    }
}
