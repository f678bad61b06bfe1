using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>Routings are edited as a flow, by keyboard and mouse.</summary>
public sealed class RoutingTests(DemoPlant plant)
{
    [ChromiumTheory]
    [InlineData("zh-CN", "改动", "保存版本")]
    [InlineData("en", "Changes", "Save revision")]
    public async Task A_routing_is_edited_undone_compared_and_saved_as_its_next_revision(
        string language, string changes, string save)
    {
        var (code, revision, steps) = await LongestAsync();
        await using var screen = await plant.OpenAsAsync("engineer", language);
        var page = screen.Page;
        await page.GotoAsync($"/routings/edit?code={Uri.EscapeDataString(code)}&revision={Uri.EscapeDataString(revision)}");
        var codes = page.Locator(".flow-code");
        await Expect(codes).ToHaveTextAsync(steps);

        await page.Locator(".flow-graph").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#step-code")).ToHaveValueAsync(steps[1]);
        await page.Keyboard.PressAsync("Alt+ArrowLeft");
        string[] moved = [steps[1], steps[0], .. steps[2..]];
        await Expect(codes).ToHaveTextAsync(moved);
        await page.Keyboard.PressAsync("Control+z");
        await Expect(codes).ToHaveTextAsync(steps);
        await page.Keyboard.PressAsync("Control+y");
        await Expect(codes).ToHaveTextAsync(moved);

        await page.Locator(".flow-node").Nth(2).ClickAsync();
        await page.Locator("#step-setup").FillAsync("1.5 min");
        await page.Locator("#step-run").FillAsync("soon");
        await Expect(page.Locator(".wrong-cell[role=alert]")).ToBeVisibleAsync();
        await page.Locator("#step-run").FillAsync("1:05");
        await page.Locator("#step-family").FocusAsync();
        await Expect(page.Locator("#step-setup")).ToHaveValueAsync("1:30");

        await page.ReloadAsync();
        await Expect(codes).ToHaveTextAsync(moved);
        await page.GetByRole(AriaRole.Tab, new() { Name = changes }).ClickAsync();
        await Expect(page.Locator(".plain:not(.edit-rows)")).ToContainTextAsync(string.Join(" → ", moved));
        await Expect(page.Locator(".plain:not(.edit-rows)")).ToContainTextAsync(new Regex("1 (min|分) 5 (s|秒)"));
        (await Accessibility.FindingsAsync(screen.Page)).ShouldBeEmpty();

        var button = page.GetByRole(AriaRole.Button, new() { Name = save });
        var next = (await button.InnerTextAsync())[save.Length..].Trim();
        await button.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync($"{code} / {next}");
        var saved = await plant.GetAsync($"/api/work-orders/routings/{Uri.EscapeDataString(code)}/{Uri.EscapeDataString(next)}");
        Codes(saved).ShouldBe(moved);
        var third = saved.GetProperty("steps")[2];
        (third.GetProperty("setupSeconds").GetDecimal(), third.GetProperty("runSecondsPerUnit").GetDecimal()).ShouldBe((90, 65));
        screen.Errors.ShouldBeEmpty();
    }

    /// <summary>The routing of the demo with the most steps, which no link ties to their order.</summary>
    async Task<(string Code, string Revision, string[] Steps)> LongestAsync()
    {
        var routings = (await plant.GetAsync("/api/work-orders/routings?size=200")).GetProperty("items").EnumerateArray();
        var longest = routings.MaxBy(routing => routing.GetProperty("steps").GetArrayLength());
        return (longest.GetProperty("code").GetString()!, longest.GetProperty("revision").GetString()!, Codes(longest));
    }

    static string[] Codes(JsonElement routing) =>
        [.. routing.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("code").GetString()!)];
}
