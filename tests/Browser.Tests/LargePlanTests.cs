using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>The planner's board over a plan of 10,000 operations on 200 units: the same screen, nothing left out.</summary>
public sealed class LargePlanTests(DemoPlant plant)
{
    const string Canvas = ".board-canvas";
    const string Order = "WO-0777";

    [ChromiumFact]
    public async Task Ten_thousand_operations_are_seen_found_moved_and_published()
    {
        await using var large = await LargePlan.Make();
        await using var screen = await plant.OpenAtAsync(large.Address);
        var page = screen.Page;
        await page.SetViewportSizeAsync(1920, 1080);
        await page.SetExtraHTTPHeadersAsync(new Dictionary<string, string>
        {
            ["X-Api-Key"] = large.Http.DefaultRequestHeaders.GetValues("X-Api-Key").Single()
        });
        await page.GotoAsync("/board");
        await Expect(page.Locator(".board-plan")).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(page.Locator("main")).ToContainTextAsync("10,000 operations");

        await FindAsync(page);
        var side = page.Locator(".board-side");
        await Expect(side).ToContainTextAsync("Why here");
        foreach (var zoom in new[] { "Month", "Shift", "Week" }) await ChooseAsync(page, zoom);
        await ChooseAsync(page, "By order");
        await ExpectChosenInSightAsync(page);
        await ChooseAsync(page, "By equipment");
        await ExpectChosenInSightAsync(page);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();

        var before = await LineAsync(large);
        await page.Locator(Canvas).FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowRight");
        var draft = page.Locator(".board-draft");
        await Expect(draft).ToContainTextAsync("Changes: 1");
        await draft.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(draft).ToHaveCountAsync(0);
        var after = await LineAsync(large);
        after.GetProperty("isLocked").GetBoolean().ShouldBeTrue();
        after.GetProperty("startsAt").GetDateTimeOffset().ShouldBeGreaterThan(before.GetProperty("startsAt").GetDateTimeOffset());
        await Expect(page.Locator("main")).ToContainTextAsync("10,000 operations");
        screen.Errors.ShouldBeEmpty();
    }

    /// <summary>Finds the order's first bar, chooses it and brings it into sight.</summary>
    static async Task FindAsync(IPage page)
    {
        await page.Locator(".board-find input").FillAsync(Order);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".board-side h2")).ToContainTextAsync(Order);
        await ExpectChosenInSightAsync(page);
    }

    static Task ExpectChosenInSightAsync(IPage page) =>
        Expect(page.Locator(Canvas)).ToHaveAttributeAsync("data-chosen", new Regex(@"^\d+ \d+$"));

    static Task ChooseAsync(IPage page, string name) => page.Locator(".ant-segmented-item")
        .Filter(new() { HasTextRegex = new Regex($"^{name}$") }).ClickAsync();

    /// <summary>The order's first operation in the plan in force.</summary>
    static async Task<JsonElement> LineAsync(LargePlan large)
    {
        var plans = await ReadAsync("plans?size=1");
        var plan = plans.GetProperty("items")[0].GetProperty("id").GetString();
        var lines = await ReadAsync($"plans/{plan}/operations?order={Order}&size=100");
        return lines.GetProperty("items").EnumerateArray().Single(line => line.GetProperty("operation").GetString() == "OP10");

        async Task<JsonElement> ReadAsync(string path) =>
            JsonDocument.Parse(await large.Http.GetStringAsync(new Uri($"/api/scheduling/{path}", UriKind.Relative))).RootElement;
    }
}
