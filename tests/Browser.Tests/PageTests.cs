using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>Every page: it shows what there is, without an error, for everybody.</summary>
public sealed class PageTests(DemoPlant plant)
{
    [ChromiumTheory]
    [InlineData("zh-CN", false)]
    [InlineData("en", true)]
    public async Task Every_page_is_shown_without_an_error_and_is_accessible(string language, bool isDark)
    {
        await using var screen = await plant.OpenAsAsync("administrator", language, isDark);
        var findings = new List<string>();
        foreach (var page in Pages.Lists.Concat(await Pages.RecordsAsync(plant)))
        {
            await screen.Page.GotoAsync(page);
            await Expect(screen.Page.Locator("h1")).ToBeVisibleAsync();
            await Expect(screen.Page.Locator(".ant-skeleton, .ant-spin-spinning")).ToHaveCountAsync(0);
            findings.AddRange((await Accessibility.FindingsAsync(screen.Page)).Select(finding => $"{page} {finding}"));
            if (await screen.Page.Locator(".ant-alert-error").CountAsync() > 0) findings.Add($"{page} shows an error");
        }
        findings.ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task The_check_of_accessibility_finds_what_is_wrong()
    {
        await using var screen = await plant.OpenAsync();
        await screen.Page.GotoAsync("/sign-in");
        await Expect(screen.Page.Locator("h1").First).ToBeVisibleAsync();
        await screen.Page.EvaluateAsync("document.querySelector('main').append(document.createElement('button'))");
        (await Accessibility.FindingsAsync(screen.Page)).ShouldContain(finding => finding.StartsWith("button-name"));
    }

    [ChromiumFact]
    public async Task A_page_that_does_not_exist_says_so_and_leads_back()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        await screen.Page.GotoAsync("/nowhere");
        await screen.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the overview" }).ClickAsync();
        await Expect(screen.Page.Locator("h1")).ToHaveTextAsync("Overview");
    }
}
