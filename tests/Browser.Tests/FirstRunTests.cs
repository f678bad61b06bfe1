using System.Text.RegularExpressions;
using Mes.Tests.Editions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>From an empty plant to the first report, by screen alone.</summary>
public sealed partial class FirstRunTests(DemoPlant plant)
{
    [GeneratedRegex("one-time password '(?<password>[^']+)'")]
    private static partial Regex OneTimePassword();

    [ChromiumFact]
    public async Task An_empty_plant_is_led_to_its_first_report()
    {
        await using var edition = await StandaloneEdition.Start();
        await using var screen = await plant.OpenAtAsync(edition.Gateway);
        var page = screen.Page;
        await page.GotoAsync("/");
        await page.FillAsync("input[autocomplete=username]", "admin");
        var once = OneTimePassword().Match(edition.Said(StandaloneEdition.Mes)).Groups["password"].Value;
        await page.FillAsync("input[autocomplete=current-password]", once);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Current password").FillAsync(once);
        await page.GetByLabel("New password (at least 12 characters)").FillAsync("walnut-river-eleven");
        await page.GetByLabel("The same again").FillAsync("walnut-river-eleven");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the password" }).ClickAsync();
        await Expect(page.Locator("#content h1")).ToHaveTextAsync("Overview");
        await Expect(page.Locator("li[aria-current=step]")).ToContainTextAsync("A work center");

        await page.GetByRole(AriaRole.Link, new() { Name = "A work center" }).ClickAsync();
        await Enter(page, "New work center", ("Code", "TURN"), ("Name", "Turning"), ("Area", "Hall 1"), ("Site", "Plant"));
        await Enter(page, "New unit", ("Code", "L-1"), ("Name", "Lathe"), ("Work center", "TURN"), ("Kind", "Production"));
        await Go(page, "Products");
        await Enter(page, "New product", ("Code", "P-1"), ("Name", "Bolt"), ("Unit", "pcs"));
        await page.Locator("tr[data-index='0']").ClickAsync();
        await page.Locator("#content").GetByText("New routing").ClickAsync();
        await page.FillAsync("#step-code", "turn");
        await page.FillAsync("#step-equipment", "L-1");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save revision" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("P-1 / 1");
        await Go(page, "People");
        await Enter(page, "New person", ("Code", "W-1"), ("Name", "Worker"), ("Roles", "Operator"));
        await Go(page, "Skills");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set skills" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add equipment" }).ClickAsync();
        await page.Locator(".ant-drawer-open").GetByLabel("Equipment", new() { Exact = true }).FillAsync("L-1");
        await page.Locator(".ant-select-item-option:visible").Filter(new() { HasText = "L-1" }).First.ClickAsync();
        await page.Locator(".ant-drawer-open").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".ant-drawer-open")).ToHaveCountAsync(0);
        await Go(page, "Orders");
        await Enter(page, "New order", ("Order", "WO-1"), ("Routing", "P-1"), ("Quantity", "10"), ("Release at once", null));
        await Expect(page.Locator(".page-head .sub")).ToContainTextAsync("Released");
        await Go(page, "Overview");
        await Expect(page.Locator("li[aria-current=step]")).ToContainTextAsync("The first report");

        await Report(page);
        await page.GotoAsync("/");
        await Expect(page.Locator(".tile").First).ToBeVisibleAsync();
        await Expect(page.Locator(".first-steps")).ToHaveCountAsync(0);
        screen.Errors.ShouldBeEmpty();
    }

    /// <summary>Opens a form, fills in its fields as somebody would, and sends it.</summary>
    static async Task Enter(IPage page, string form, params (string Field, string? Value)[] values)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"{form}$") }).First.ClickAsync(); // after its icon
        foreach (var (name, value) in values)
        {
            var field = page.Locator(".ant-drawer-open").GetByLabel(name, new() { Exact = true }).First;
            if (value is null)
            {
                await field.ClickAsync();
                continue;
            }
            var isChoice = await field.GetAttributeAsync("role") == "combobox";
            if (isChoice) await field.ClickAsync();
            if (await field.IsEditableAsync()) await field.FillAsync(value);
            if (!isChoice) continue;
            var option = page.Locator(".ant-select-item-option:visible").Filter(new() { HasText = value }).First;
            await option.ClickAsync();
            await page.Locator(".ant-drawer-open .ant-drawer-title").ClickAsync();
        }
        await Send(page, form);
    }

    static async Task Send(IPage page, string form)
    {
        var drawer = page.Locator(".ant-drawer-open");
        await drawer.GetByRole(AriaRole.Button, new() { Name = form, Exact = true }).ClickAsync();
        await Expect(drawer).ToHaveCountAsync(0);
    }

    static async Task Go(IPage page, string place)
    {
        await page.Locator("nav").GetByRole(AriaRole.Link, new() { Name = place, Exact = true }).ClickAsync();
        await Expect(page.Locator("#content h1")).ToHaveTextAsync(place);
    }

    /// <summary>At the terminal, for the worker.</summary>
    static async Task Report(IPage page)
    {
        await page.GotoAsync("/terminal/");
        await page.FillAsync("#operator", "W-1");
        await page.ClickAsync("[data-unit='L-1']");
        await page.ClickAsync("#go");
        await page.Locator(".card .report").First.ClickAsync();
        await page.ClickAsync("[data-key='3']");
        await page.ClickAsync("#send");
        await Expect(page.Locator("#queue[data-waiting='0'][data-refused='0']")).ToBeVisibleAsync();
        await Expect(page.Locator(".card .figures").First).ToContainTextAsync("3 of 10");
    }
}
