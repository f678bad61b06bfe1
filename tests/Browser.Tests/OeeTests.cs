using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>What a figure is made of is found by going down, link by link.</summary>
public sealed partial class OeeTests(DemoPlant plant)
{
    const string Unit = "T-101";

    [ChromiumTheory]
    [InlineData("en", false, "Run")]
    [InlineData("zh-CN", true, "加工")]
    public async Task The_plant_s_figures_lead_to_the_reports_that_they_are_counted_from(string language, bool isDark, string run)
    {
        var shifts = (await plant.GetAsync($"/api/equipment/units/{Unit}/oee")).GetProperty("shifts").EnumerateArray();
        var busy = shifts.Last(shift => shift.GetProperty("isOver").GetBoolean()
            && shift.GetProperty("figures").GetProperty("inputs").GetProperty("good").GetDecimal() > 0);

        await using var screen = await plant.OpenAsAsync("foreman", language, isDark);
        var page = screen.Page;
        await page.GotoAsync("/oee");
        await Link(Unit).ClickAsync();
        await Link(busy.GetProperty("shift").GetString()!).ClickAsync();
        var interval = page.Locator("tr[data-index]", new() { Has = Link(run) }).First;
        var order = await interval.GetByRole(AriaRole.Link).Last.TextContentAsync();
        await Expect(page.Locator(".ant-skeleton")).ToHaveCountAsync(0);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        await interval.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(IntervalAddress);
        await Expect(page.Locator("tbody tr", new() { Has = Link(order!) }).First).ToBeVisibleAsync();
        await Expect(page.Locator(".ant-skeleton")).ToHaveCountAsync(0);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();

        ILocator Link(string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
    }

    [GeneratedRegex("/units/interval")]
    private static partial Regex IntervalAddress { get; }
}
