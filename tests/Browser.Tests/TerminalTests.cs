using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>The terminal of operators, as they use it.</summary>
public sealed class TerminalTests(DemoPlant plant) : TerminalScreens(plant)
{
    [ChromiumTheory]
    [InlineData("en", false, "Ready")]
    [InlineData("zh-CN", true, "可以开工")]
    public async Task Work_is_begun_rests_goes_on_is_reported_and_ends(string language, bool isDark, string ready)
    {
        var order = await FreeOrderAsync();
        await using var screen = await Plant.OpenAsync(language, isDark);
        var page = screen.Page;
        await page.GotoAsync("/terminal/");
        await Expect(page.Locator("#badge")).ToBeVisibleAsync();
        await ShouldBeFitAsync(page);
        await SignOnAsync(page, "operator", order);
        await ShouldBeFitAsync(page);
        var card = CardOf(page, order);
        await Expect(card.Locator(".state").First).ToContainTextAsync(ready);

        await card.Locator(".start").ClickAsync();
        await Expect(card.Locator($"[data-operator={Operator}] .timer")).ToBeVisibleAsync();
        await card.Locator(".pause").ClickAsync();
        await ShouldBeFitAsync(page);
        await page.ClickAsync("[data-value=material]");
        await Expect(card.Locator(".rests")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await card.Locator(".resume").ClickAsync();
        await Expect(card.Locator(".goes")).ToBeVisibleAsync();
        await card.Locator(".report").ClickAsync();
        await page.ClickAsync("#scrap");
        await page.ClickAsync("[data-key='1']");
        await ShouldBeFitAsync(page);
        await page.ClickAsync("[data-value=surface]");
        await page.ClickAsync("#good");
        await page.ClickAsync("[data-key='+1']");
        await page.ClickAsync("[data-key='+1']");
        await page.ClickAsync("#send-finish");

        await Expect(card.Locator(".start")).ToBeVisibleAsync();
        await ArrivedAsync(page);
        var work = await LastWorkAsync(order);
        work.GetProperty("endedBy").GetString().ShouldBe("Finished");
        await page.ClickAsync("#queue");
        await Expect(page.Locator("[data-state=sent]")).ToHaveCountAsync(4);
        await ShouldBeFitAsync(page);
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task An_ordinary_report_is_two_taps_and_can_be_taken_back_as_a_start_can()
    {
        var order = await FreeOrderAsync();
        await using var screen = await Plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", order);
        var card = CardOf(page, order);
        await card.Locator(".start").ClickAsync();
        await ArrivedAsync(page);
        await page.ClickAsync("#undo");
        await Expect(card.Locator($"[data-operator={Operator}]")).ToHaveCountAsync(0);
        await ArrivedAsync(page);
        var last = await LastWorkAsync(order);
        last.GetProperty("endedBy").GetString().ShouldBe("Withdrawn");

        await card.Locator(".report").ClickAsync();
        var figures = await card.Locator(".figures").TextContentAsync();
        await page.ClickAsync("#send");
        await ArrivedAsync(page);
        await page.ClickAsync("#undo");
        await ArrivedAsync(page);
        await Expect(card.Locator(".figures")).ToHaveTextAsync(figures!);
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Several_people_are_here_and_one_tap_switches_between_them()
    {
        var order = await FreeOrderAsync();
        await using var screen = await Plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", order);
        await page.ClickAsync("#add-person");
        await SignInAsync(page, "foreman");
        await page.ClickAsync("#go");
        await Expect(page.Locator(".person")).ToHaveCountAsync(2);
        await page.ClickAsync($"[data-person={Operator}]");
        await Expect(page.Locator($"[data-person={Operator}]")).ToHaveAttributeAsync("aria-pressed", "true");
        var card = CardOf(page, order);
        await card.Locator(".start").ClickAsync();
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        await page.ClickAsync("#sign-out");
        await page.ClickAsync("#end-all");
        await Expect(page.Locator(".person")).ToHaveCountAsync(1);
        await ArrivedAsync(page);
        await page.ReloadAsync();
        await Expect(page.Locator(".person")).ToHaveCountAsync(1);
        await page.ClickAsync("#sign-out");
        await page.ClickAsync("#off");
        await Expect(page.Locator("#by-badge")).ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_machine_stops_for_one_of_at_most_eight_reasons_and_runs_again()
    {
        var unit = await FreeOrderAsync();
        await using var screen = await Plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", unit);
        await page.ClickAsync("#stop");
        await Expect(page.Locator("#reasons button")).ToHaveCountAsync(8);
        await ShouldBeFitAsync(page);
        await page.ClickAsync("#later");
        await ArrivedAsync(page);
        await page.ClickAsync("#stop");
        await Expect(page.Locator("#up")).ToBeVisibleAsync();
        await page.Locator("#reasons button").First.ClickAsync();
        await ArrivedAsync(page);
        await page.ClickAsync("#stop");
        await page.ClickAsync("#up");
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_stop_is_split_where_another_reason_began()
    {
        var unit = await FreeOrderAsync();
        var now = TimeProvider.System.GetUtcNow();
        var start = now.AddMinutes(-41);
        var stop = await Plant.PostAsync($"/api/equipment/units/{unit}/downtimes",
            new { startedAt = start, endedAt = now.AddMinutes(-1), reason = "DRIVE" });
        var id = stop.GetProperty("id").GetString();
        await using var screen = await Plant.OpenAsync(language: "zh-CN");
        var page = screen.Page;
        await SignOnAsync(page, "operator", unit);
        await page.ClickAsync("#stop");
        await page.Locator(".stop").First.Locator(".split").ClickAsync();
        await ShouldBeFitAsync(page);
        var middle = await page.Locator(".cut output").TextContentAsync();
        await page.ClickAsync(".cut [data-minutes='-5']");
        await Expect(page.Locator(".cut output")).Not.ToHaveTextAsync(middle!);
        var other = page.Locator("#reasons button:not([data-value=DRIVE])").First;
        var reason = await other.GetAttributeAsync("data-value");
        await other.ClickAsync();
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();

        var parts = (await Plant.GetAsync($"/api/equipment/downtimes/{id}")).GetProperty("parts").EnumerateArray().ToList();
        parts.Count.ShouldBe(2);
        parts[0].GetProperty("reason").GetString().ShouldBe("DRIVE");
        parts[1].GetProperty("reason").GetString().ShouldBe(reason);
        var cut = parts[1].GetProperty("startedAt").GetDateTimeOffset();
        (cut - start).ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(16));
        await page.ClickAsync("#stop");
        await Expect(page.Locator(".stop").First.Locator("b")).ToHaveCountAsync(3);
        await ShouldBeFitAsync(page);
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Help_is_called_by_two_taps_goes_before_all_that_waits_and_whoever_comes_is_seen()
    {
        var unit = await FreeOrderAsync();
        await using var screen = await Plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", unit);
        await screen.Context.SetOfflineAsync(true);
        await page.ClickAsync("#call");
        await page.ClickAsync("[data-value=Safety]");
        await page.Locator(".take-back").ClickAsync();
        await Expect(page.Locator("#calls")).ToHaveCountAsync(0);
        await screen.Context.SetOfflineAsync(false);

        await page.ClickAsync("#call");
        await ShouldBeFitAsync(page);
        await page.ClickAsync("[data-value=Maintenance]");
        await ArrivedAsync(page);
        var call = page.Locator("[data-call=Maintenance]");
        await Expect(call).ToContainTextAsync("called: Maintenance");
        await ShouldBeFitAsync(page);
        var open = (await Plant.GetAsync($"/api/equipment/andon-calls?status=Open&equipment={unit}")).GetProperty("items");
        open.GetArrayLength().ShouldBe(1);
        await Plant.PostAsync($"/api/equipment/andon-calls/{open[0].GetProperty("id").GetString()}/acknowledge", new { });
        await Expect(call).ToHaveAttributeAsync("data-status", "Acknowledged");
        await call.Locator(".take-back").ClickAsync();
        await Expect(page.Locator("#calls")).ToHaveCountAsync(0);
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }
}
