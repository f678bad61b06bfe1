using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>How a plant is planned: setup times by family, what matters more, and rotations and holidays of a calendar.</summary>
public sealed class PlanningSetupTests(DemoPlant plant)
{
    [ChromiumTheory]
    [InlineData("en", false, "Paste a whole table", "Save")]
    [InlineData("zh-CN", true, "在此粘贴", "保存")]
    public async Task A_setup_matrix_is_pasted_from_a_spreadsheet_and_what_is_wrong_is_marked(
        string language, bool isDark, string corner, string save)
    {
        var code = Orders.NewCode();
        await plant.UnitAsync(code);
        await using var screen = await plant.OpenAsAsync("planner", language, isDark);
        var page = screen.Page;
        await page.GotoAsync($"/planning-setup/setups?equipment={code}");
        var paste = page.Locator($"input[aria-label^='{corner}']");
        await Expect(paste).ToBeVisibleAsync();
        await PasteAsync(paste, "\tRED\tBLUE\nRED\t\t15\nBLUE\tmuch\t\n");
        var wrong = page.Locator(".matrix-cell[aria-invalid=true]");
        await Expect(wrong).ToHaveCountAsync(1);
        var button = page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true });
        await Expect(button).ToBeDisabledAsync();
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();

        await wrong.FillAsync("1:30");
        await page.Keyboard.PressAsync("Enter");
        await Expect(wrong).ToHaveCountAsync(0);
        await button.ClickAsync();
        await Poll.Until(async () => await ChangesAsync(code) != "", TimeSpan.FromSeconds(30), "the matrix is kept");
        (await ChangesAsync(code)).ShouldBe("BLUE>RED 90, RED>BLUE 900");
        screen.Errors.ShouldBeEmpty();
    }

    async Task<string> ChangesAsync(string code)
    {
        var kept = (await plant.GetAsync("/api/scheduling/setup-times?size=1000")).GetProperty("items").EnumerateArray()
            .SingleOrDefault(times => times.GetProperty("equipment").GetString() == code);
        return kept.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "" : string.Join(", ",
            kept.GetProperty("changes").EnumerateArray().Select(change =>
                $"{change.GetProperty("from").GetString()}>{change.GetProperty("to").GetString()} "
                + $"{change.GetProperty("seconds").GetInt32()}").Order(StringComparer.Ordinal));
    }

    static Task PasteAsync(ILocator field, string text) => field.EvaluateAsync(
        """
        (field, text) => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """, text);

    [ChromiumTheory]
    [InlineData("en", true, "Due dates", "Setups")]
    [InlineData("zh-CN", false, "交期", "换型")]
    public async Task What_matters_more_is_chosen_in_words_that_say_what_it_does(
        string language, bool isDark, string due, string setups)
    {
        await using var screen = await plant.OpenAsAsync("planner", language, isDark);
        var page = screen.Page;
        await page.GotoAsync("/planning-setup");
        var settings = page.Locator(".settings");
        await Expect(settings).ToContainTextAsync(due);
        var before = await settings.InnerTextAsync();
        await settings.Locator($"[aria-label='{setups}'] .ant-segmented-item").Last.ClickAsync();
        await Expect(settings).Not.ToHaveTextAsync(before);
        await Expect(settings.Locator("button.ant-btn-primary")).ToBeEnabledAsync();
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_calendar_takes_a_rotation_and_the_holidays_of_a_list()
    {
        await using var screen = await plant.OpenAsAsync("maintenance");
        var page = screen.Page;
        await page.GotoAsync("/calendars");
        await page.GetByRole(AriaRole.Button, new() { Name = "New calendar" }).First.ClickAsync();
        var drawer = page.Locator(".ant-drawer");
        await drawer.Locator("[aria-label='Take a pattern']").First.ClickAsync();
        await page.Locator(".ant-select-item-option").Filter(new() { HasText = "Four on, two off" }).ClickAsync();
        await drawer.Locator("[aria-label='Add holidays']").First.ClickAsync();
        await page.Locator(".ant-select-item-option").Filter(new() { HasText = "China 2026" }).ClickAsync();
        await Expect(drawer).ToContainTextAsync("General Office of the State Council");
        await drawer.Locator("textarea").Last.FillAsync("2026-13-40");
        await Expect(drawer.GetByRole(AriaRole.Alert)).ToContainTextAsync("2026-13-40");
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
    }
}
