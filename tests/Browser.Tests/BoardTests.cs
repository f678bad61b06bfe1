using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>The planner's board over the demo plant: seen, changed in a draft, published.</summary>
[Collection("The plan in force")]     // a plan asked for by one test moves the bars that another drags
public sealed class BoardTests(DemoPlant plant)
{
    const string Canvas = ".board-canvas";

    /// <summary>Finds an order's first bar, chooses it and brings it into sight.</summary>
    static async Task FindAsync(IPage page, string order)
    {
        await page.Locator(".board-find input").FillAsync(order);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".board-side h2")).ToContainTextAsync(order);
    }

    /// <summary>Opens the board; whoever is signed in has no draft yet.</summary>
    static async Task OpenAsync(IPage page)
    {
        var drafts = await page.APIRequest.GetAsync("/api/scheduling/drafts?status=Open&size=1000");
        foreach (var draft in (await drafts.JsonAsync())!.Value.GetProperty("items").EnumerateArray())
        {
            // another's is refused
            await page.APIRequest.PostAsync($"/api/scheduling/drafts/{draft.GetProperty("id").GetString()}/discard",
                new() { Headers = new Dictionary<string, string> { ["Idempotency-Key"] = Guid.NewGuid().ToString() } });
        }
        await page.GotoAsync("/board");
        await Expect(page.Locator(".board-plan")).ToHaveAttributeAsync("aria-busy", "false");
    }

    /// <summary>An order of the test's own, planned at a unit of its own.</summary>
    async Task<(string Code, string Id)> PlannedAsync(int hoursToDue = 400)
    {
        var code = Orders.NewCode();
        await plant.UnitAsync(code);
        await plant.DefineAsync(code, Orders.StepAt(code), policies: new { qualification = "Off" });
        var id = await plant.ReleasedAsync(code, 60, dueAt: TimeProvider.System.GetUtcNow().AddHours(hoursToDue));
        await Poll.Until(async () => await LineAsync(id) is not null, TimeSpan.FromMinutes(3), "the order is planned");
        return (code, id);
    }

    async Task<JsonElement?> LineAsync(string orderId)
    {
        var plans = await plant.GetAsync("/api/scheduling/plans?size=1");
        var plan = plans.GetProperty("items")[0].GetProperty("id").GetString();
        var lines = (await plant.GetAsync($"/api/scheduling/plans/{plan}/operations?orderId={orderId}")).GetProperty("items");
        return lines.GetArrayLength() == 0 ? null : lines[0];
    }

    static DateTimeOffset StartOf(JsonElement? line) => line!.Value.GetProperty("startsAt").GetDateTimeOffset();

    [ChromiumTheory]
    [InlineData("en", false)]
    [InlineData("zh-CN", true)]
    public async Task The_plan_is_seen_by_equipment_by_order_and_as_a_table(string language, bool isDark)
    {
        var (code, _) = await PlannedAsync();
        await using var screen = await plant.OpenAsAsync("planner", language, isDark);
        var page = screen.Page;
        await OpenAsync(page);
        await FindAsync(page, code);
        var side = page.Locator(".board-side");
        await Expect(side).ToContainTextAsync(language == "en" ? "Why here" : "为何在此");
        await Expect(side).ToContainTextAsync(code);
        await Expect(page.Locator("[role=status]").Filter(new() { HasText = code })).ToHaveCountAsync(1);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();

        foreach (var zoom in language == "en" ? new[] { "Shift", "Month", "Day" } : ["班", "月", "日"])
        {
            await page.Locator(".ant-segmented-item").Filter(new() { HasTextRegex = new Regex($"^{zoom}$") }).ClickAsync();
        }
        await page.Locator(".ant-segmented-item").Filter(new() { HasText = language == "en" ? "By order" : "按工单" })
            .First.ClickAsync();
        var table = page.GetByRole(AriaRole.Button, new() { Name = language == "en" ? "Table" : "表格", Exact = true });
        await table.ClickAsync();
        await Expect(page.Locator("tbody tr[data-row-key]").First).ToBeVisibleAsync();
        await table.ClickAsync();
        await Expect(page.Locator(Canvas)).ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_planner_works_in_a_draft_by_the_keyboard_and_publishes_it()
    {
        var (code, id) = await PlannedAsync();
        var before = StartOf(await LineAsync(id));
        await using var screen = await plant.OpenAsAsync("planner");
        var page = screen.Page;
        await OpenAsync(page);
        await FindAsync(page, code);
        await page.Locator(Canvas).FocusAsync();
        var draft = page.Locator(".board-draft");

        await page.Keyboard.PressAsync("Alt+ArrowRight");
        await Expect(draft).ToContainTextAsync("Changes: 1");
        StartOf(await LineAsync(id)).ShouldBe(before, TimeSpan.FromMinutes(1), "others see nothing of a draft");
        await Expect(page.Locator(Canvas)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(draft).ToContainTextAsync("Changes: 0");
        await page.Keyboard.PressAsync("Control+y");
        await Expect(draft).ToContainTextAsync("Changes: 1");
        await page.ReloadAsync();
        await Expect(draft).ToContainTextAsync("Changes: 1");
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();

        await draft.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(draft).ToHaveCountAsync(0);
        var published = await LineAsync(id);
        (StartOf(published) - before).ShouldBeGreaterThan(TimeSpan.FromMinutes(10));
        published!.Value.GetProperty("isLocked").GetBoolean().ShouldBeTrue();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_bar_is_dragged_to_another_time_and_a_place_that_cannot_be_says_why()
    {
        var (code, id) = await PlannedAsync();
        await using var screen = await plant.OpenAsAsync("planner");
        var page = screen.Page;
        await OpenAsync(page);
        await page.Locator(".ant-segmented-item").Filter(new() { HasTextRegex = new Regex("^Day$") }).ClickAsync();
        await FindAsync(page, code);
        var (x, y) = await ChosenAsync(page);
        var before = await page.Locator(Canvas).GetAttributeAsync("data-chosen");
        await DragAsync(page, (x, y), (x + 160, y));
        var draft = page.Locator(".board-draft");
        await Expect(draft).ToContainTextAsync("Changes: 1");
        await Expect(page.Locator(".board-side")).ToContainTextAsync("Lock");

        await Expect(draft.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeEnabledAsync();
        await Expect(page.Locator(Canvas)).Not.ToHaveAttributeAsync("data-chosen", new Regex($"^{before!.Split(' ')[0]} "));
        (x, y) = await ChosenAsync(page);
        await DragAsync(page, (x, y), (x, y - 30));
        await Expect(page.Locator(".ant-message")).ToContainTextAsync($"it can on {code}");
        await draft.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await page.Locator(".ant-popconfirm").GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(draft).ToHaveCountAsync(0);
        (await LineAsync(id))!.Value.GetProperty("isLocked").GetBoolean().ShouldBeFalse();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Of_two_planners_the_second_sees_what_the_first_published_and_keeps_their_own()
    {
        var (first, second) = (await PlannedAsync(), await PlannedAsync());
        await using var one = await plant.OpenAsAsync("planner");
        await using var other = await plant.OpenAsAsync("administrator");
        foreach (var (page, code) in new[] { (one.Page, first.Code), (other.Page, second.Code) })
        {
            await OpenAsync(page);
            await FindAsync(page, code);
            await page.Locator(Canvas).FocusAsync();
            await page.Keyboard.PressAsync("Alt+ArrowRight");
            await Expect(page.Locator(".board-draft")).ToContainTextAsync("Changes: 1");
        }
        await one.Page.Locator(".board-draft").GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(one.Page.Locator(".board-draft")).ToHaveCountAsync(0);
        await FindAsync(other.Page, first.Code);
        await Expect(other.Page.Locator(".board-side")).ToContainTextAsync("Unlock");
        await Expect(other.Page.Locator(".board-draft")).ToContainTextAsync("Changes: 1");
        await other.Page.Locator(".board-draft").GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(other.Page.Locator(".board-draft")).ToHaveCountAsync(0);
        foreach (var id in new[] { first.Id, second.Id })
        {
            (await LineAsync(id))!.Value.GetProperty("isLocked").GetBoolean().ShouldBeTrue();
        }
        one.Errors.Concat(other.Errors).ShouldBeEmpty();
    }

    /// <summary>Where the chosen bar is on the screen.</summary>
    static async Task<(float X, float Y)> ChosenAsync(IPage page)
    {
        var canvas = page.Locator(Canvas);
        await Expect(canvas).ToHaveAttributeAsync("data-chosen", new Regex(@"^\d+ \d+$"));
        var at = (await canvas.GetAttributeAsync("data-chosen"))!.Split(' ')
            .Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var box = (await canvas.BoundingBoxAsync())!;
        return (box.X + at[0], box.Y + at[1]);
    }

    static async Task DragAsync(IPage page, (float X, float Y) from, (float X, float Y) to)
    {
        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 6 });
        await page.Mouse.UpAsync();
    }
}
