using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>Plans asked for on the board, scenarios, and when the plant plans by itself.</summary>
[Collection("The plan in force")]     // a plan asked for by one test moves the bars that another drags
public sealed class PlanningRunTests(DemoPlant plant)
{
    const int RunMs = 180_000;

    [ChromiumTheory]
    [InlineData("en", false)]
    [InlineData("zh-CN", true)]
    public async Task A_plan_is_asked_for_on_the_board_and_tells_how_it_ended(string language, bool isDark)
    {
        await using var screen = await plant.OpenAsAsync("planner", language, isDark);
        var page = screen.Page;
        await page.GotoAsync("/board");
        await Expect(page.Locator(".board-plan")).ToHaveAttributeAsync("aria-busy", "false");
        await page.Locator("button.ant-dropdown-trigger")
            .Filter(new() { HasTextRegex = new Regex(language == "en" ? @"^\s*Plan\s*$" : @"^\s*排程\s*$") }).ClickAsync();
        await page.Locator(".plan-menu .ant-dropdown-menu-item").Nth(1).ClickAsync();
        var strip = page.Locator(".run-strip");
        await Expect(strip).ToBeVisibleAsync();
        await Expect(page.Locator(".ant-dropdown:visible")).ToHaveCountAsync(0);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();

        await Expect(strip.Locator("span[role=status]")).ToBeVisibleAsync(new() { Timeout = RunMs });
        await strip.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/(plans|runs)/"));
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumTheory]
    [InlineData("en", true, "At night")]
    [InlineData("zh-CN", false, "夜")]
    public async Task Runs_are_listed_with_when_the_plant_plans_by_itself(string language, bool isDark, string night)
    {
        await using var screen = await plant.OpenAsAsync("planner", language, isDark);
        var page = screen.Page;
        await page.GotoAsync("/runs");
        await Expect(page.Locator("tbody tr[data-row-key]").First).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(new Regex(night));
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        await page.Locator("tbody tr[data-row-key*=' '] a").First.ClickAsync();     // of an attempt, not of a schedule
        await Expect(page).ToHaveURLAsync(new Regex("/runs/"));
        await Expect(page.Locator("h1")).ToHaveTextAsync(language == "en" ? "Planning run" : "排程运行");
        await Expect(page.Locator(".section").First).ToBeVisibleAsync();
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task In_a_scenario_a_machine_is_out_is_planned_beside_the_plan_in_force_and_given_up()
    {
        var code = Orders.NewCode();
        await plant.UnitAsync(code);
        await using var screen = await plant.OpenAsAsync("planner");
        var page = screen.Page;
        await page.GotoAsync("/scenarios");
        await page.GetByRole(AriaRole.Button, new() { Name = "New scenario" }).ClickAsync();
        var drawer = page.Locator(".ant-drawer");
        await drawer.Locator("input").First.FillAsync(code);
        await drawer.Locator("button.ant-btn-primary").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/scenarios/"));
        await Expect(page.Locator("main")).ToContainTextAsync("Nothing is changed yet");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Change") }).ClickAsync();
        await page.Locator(".ant-dropdown-menu-item").Filter(new() { HasText = "Another quantity" }).ClickAsync();
        await Expect(page.Locator(".ant-drawer-open")).ToBeVisibleAsync();
        await Expect(page.Locator(".ant-dropdown:visible")).ToHaveCountAsync(0);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        await drawer.Locator(".ant-drawer-close").ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await Expect(page.Locator(".run-strip span[role=status]")).ToBeVisibleAsync(new() { Timeout = RunMs });
        var compared = page.Locator(".compare");
        await Expect(compared).ToContainTextAsync("Plan in force");
        await Expect(compared).ToContainTextAsync(code);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
    }
}
