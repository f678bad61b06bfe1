using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>The terminal as a device: its scanner, and what it is bound to.</summary>
public sealed class TerminalDeviceTests(DemoPlant plant) : TerminalScreens(plant)
{
    [ChromiumFact]
    public async Task A_scanner_needs_no_focus_and_a_wrong_code_says_what_was_expected()
    {
        var stock = (await Plant.GetAsync("/api/inventory/stock?size=1")).GetProperty("items")[0];
        var order = await FreeOrderAsync(new
        {
            material = stock.GetProperty("material").GetString(), quantityPerUnit = 1,
            unit = stock.GetProperty("unit").GetString()
        });
        await using var screen = await Plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", order);
        await ScanAsync(page, "NOT-KNOWN");
        await Expect(page.Locator("#message.bad")).ToContainTextAsync("Expected: an order of the list");
        await ScanAsync(page, order);
        await Expect(page.Locator("#search")).ToHaveValueAsync(order);
        await Expect(page.Locator($".card:not([data-order={order}])")).ToHaveCountAsync(0);
        await page.Locator(".card .report").First.ClickAsync();
        await Expect(page.Locator("#lot")).ToBeVisibleAsync();
        await ScanAsync(page, "]C10109506000134352" + "10L-77");
        await Expect(page.Locator(".lots")).ToContainTextAsync("L-77");
        await ScanAsync(page, "]C10109506000134353");
        await Expect(page.Locator("#message.bad")).ToContainTextAsync("check digit");
    }

    [ChromiumFact]
    public async Task A_terminal_is_bound_by_the_code_that_it_shows_and_offers_its_equipment_alone()
    {
        await using var screen = await Plant.OpenAsync();
        var page = screen.Page;
        await page.GotoAsync("/terminal/");
        await page.ClickAsync("#pair");
        await Expect(page.Locator("#code")).ToHaveTextAsync(new Regex("^[A-Z2-9]{4}-[A-Z2-9]{4}$"));
        await ShouldBeFitAsync(page);
        await using var desk = await Plant.OpenAsAsync("administrator");
        await desk.Page.GotoAsync("/access");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Pair a terminal" }).ClickAsync();
        var form = desk.Page.Locator(".ant-drawer");
        var code = (await page.Locator("#code").TextContentAsync())!;
        await form.GetByLabel("Code on the terminal").FillAsync(code.ToLowerInvariant());
        await form.GetByLabel("Name").FillAsync("Lathe 1");
        await ChooseAsync("Work centers", "TURNING");
        await ChooseAsync("Equipment", "M-201");
        await form.GetByRole(AriaRole.Button, new() { Name = "Pair a terminal" }).ClickAsync();

        await Expect(page.Locator("#device")).ToContainTextAsync("Lathe 1 · TURNING · M-201");
        await ShouldBeFitAsync(page);
        await SignInAsync(page, "operator");
        await Expect(page.Locator(".unit")).ToHaveCountAsync(4);     // three of the work center
        screen.Errors.ShouldBeEmpty();
        desk.Errors.ShouldBeEmpty();

        async Task ChooseAsync(string field, string code)
        {
            var choice = form.GetByRole(AriaRole.Combobox, new() { Name = field });
            await choice.FillAsync(code);
            await desk.Page.Locator(".ant-select-item-option").GetByText(code).ClickAsync();
        }
    }
}
