using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>What was planned and what happened: on the board, and by day and equipment.</summary>
public sealed class AdherenceTests(DemoPlant plant)
{
    [ChromiumTheory]
    [InlineData("en", false, "Actual", "Day")]
    [InlineData("zh-CN", true, "实际", "日")]
    public async Task What_was_worked_is_on_the_board_beside_the_plan(string language, bool isDark, string actual, string day)
    {
        var code = Orders.NewCode();
        await plant.UnitAsync(code);
        await plant.DefineAsync(code, Orders.StepAt(code), policies: new { qualification = "Off" });
        var id = await plant.ReleasedAsync(code, 60);
        await ReportAsync(id, code, TimeProvider.System.GetUtcNow());
        await using var screen = await plant.OpenAsAsync("planner", language, isDark);
        var page = screen.Page;
        await page.GotoAsync("/board");
        await Expect(page.Locator(".board-plan")).ToHaveAttributeAsync("aria-busy", "false");
        await page.Locator(".ant-segmented-item").Filter(new() { HasTextRegex = new Regex($"^{day}$") }).ClickAsync();
        await page.Locator(".board-find input").FillAsync(code);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".board-side h2")).ToContainTextAsync(code);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(language == "en" ? "^Actual" : "^实绩") })
            .ClickAsync();

        // two hours ago: now stands at three fifths of the 26 hours that are shown
        var canvas = page.Locator(".board-canvas");
        var box = (await canvas.BoundingBoxAsync())!;
        var row = float.Parse((await canvas.GetAttributeAsync("data-chosen"))!.Split(' ')[1], CultureInfo.InvariantCulture);
        var x = box.X + 150 + ((box.Width - 150) * (0.6f - (2 / 26f)));
        await Poll.Until(async () =>
        {
            await page.Mouse.MoveAsync(x - 1, box.Y + row + 6);
            await page.Mouse.MoveAsync(x, box.Y + row + 6);
            return await page.Locator(".board-tip", new() { HasText = actual }).CountAsync() == 1;
        }, TimeSpan.FromSeconds(30), "the report is on the board");
        await Expect(page.Locator(".board-tip")).ToContainTextAsync(code);
        await Expect(page.Locator(".board-tip")).ToContainTextAsync(actual);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
    }

    /// <summary>Some of an order, made from three hours ago until one hour ago.</summary>
    async Task ReportAsync(string order, string unit, DateTimeOffset now)
    {
        var (from, to) = (now.AddHours(-3), now.AddHours(-1));
        var people = await plant.GetAsync("/api/work-orders/operators?size=1000");
        var person = people.GetProperty("items").EnumerateArray().Last().GetProperty("code").GetString();
        var signOn = await plant.PostAsync("/api/work-orders/sign-ons", new { @operator = person, station = unit, at = from });
        var operation = (await plant.GetAsync($"/api/work-orders/orders/{order}")).GetProperty("operations")[0];
        await plant.PostAsync($"/api/work-orders/operations/{operation.GetProperty("id").GetString()}/reports", new
        {
            signOnId = signOn.GetProperty("id").GetString(), equipment = unit, activity = "Run", startedAt = from, endedAt = to,
            good = 20
        });
    }

    [ChromiumTheory]
    [InlineData("en", true)]
    [InlineData("zh-CN", false)]
    public async Task Each_unit_has_its_share_of_each_day_which_leads_to_its_operations(string language, bool isDark)
    {
        var kept = (await plant.GetAsync("/api/scheduling/adherence?size=1000")).GetProperty("items").EnumerateArray()
            .Select(row => (Unit: row.GetProperty("equipment").GetString()!, Planned: row.GetProperty("planned").GetInt32()))
            .ToList();
        await using var screen = await plant.OpenAsAsync("planner", language, isDark);
        var page = screen.Page;
        await page.GotoAsync("/adherence");
        if (kept.Count == 0)        // late in the day the first plan ends nothing on it
        {
            await Expect(page.Locator(".ant-empty")).ToBeVisibleAsync();
            return;
        }
        foreach (var unit in kept)
        {
            await Expect(page.Locator(".adherence tbody tr").Filter(new() { HasText = unit.Unit })).ToHaveCountAsync(1);
        }
        var cell = page.Locator(".adherence tbody td button").First;
        if (kept.Sum(row => row.Planned) > 0)
        {
            await cell.ClickAsync();
            await Expect(page).ToHaveURLAsync(new Regex("day="));
            await Expect(page.Locator("tbody tr[data-row-key]").First).ToBeVisibleAsync();
        }
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
    }
}
