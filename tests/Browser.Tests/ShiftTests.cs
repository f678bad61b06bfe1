using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>A whole shift of two operators and their foreman, from handover to sign-off.</summary>
public sealed class ShiftTests(DemoPlant plant) : TerminalScreens(plant)
{
    const string Api = "/api/work-orders";
    const string Second = "P-126";

    // A picture of one point
    const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [ChromiumTheory]
    [InlineData("en", false, "I come", "Dealt with")]
    [InlineData("zh-CN", true, "响应", "已解决")]
    public async Task A_shift_is_taken_over_worked_and_ended(string language, bool isDark, string come, string dealtWith)
    {
        var order = Orders.NewCode();
        await OrderAsync(order);
        await using var lead = await Plant.OpenAsync(language, isDark);
        await SignOnAsync(lead.Page, "foreman", order);
        await lead.Page.ClickAsync("#handover");
        await lead.Page.FillAsync("#note", $"Coolant is low · {order}");
        await ShouldBeFitAsync(lead.Page);
        await lead.Page.ClickAsync("#hand-over");
        await ArrivedAsync(lead.Page);

        await using var screen = await Plant.OpenAsync(language, isDark);
        var page = screen.Page;
        await SignOnAsync(page, "operator", order);
        var note = page.Locator("#notes li", new() { HasText = order });
        await Expect(note).ToBeVisibleAsync();                  // it opens by itself for whoever takes over
        await ShouldBeFitAsync(page);
        await note.Locator("button").ClickAsync();
        await Expect(note).ToHaveCountAsync(0);
        await page.ClickAsync("#close");

        await BeginsByInstructionAsync(page, order);
        var card = CardOf(page, order);
        await JoinAsync(page);
        // As it is for this operator
        await Expect(page.Locator($".card.waits[data-order='{order}']").First).ToBeVisibleAsync();
        await card.Locator(".start").ClickAsync();
        await page.ClickAsync("#understood");
        await Expect(card.Locator($"[data-operator={Second}]")).ToBeVisibleAsync();
        await ReportAsync(page, card, "2");
        await page.ClickAsync($"[data-person={Operator}]");
        await card.Locator(".pause").ClickAsync();
        await page.ClickAsync("[data-value=break]");
        await card.Locator(".resume").ClickAsync();
        await CallsForHelpAsync(page, order, language, come, dealtWith);
        await ReportAsync(page, card, "3");

        foreach (var who in new[] { Operator, Second })
        {
            await page.ClickAsync($"[data-person={who}]");
            await page.ClickAsync("#sign-out");
            await page.ClickAsync("#end-all");
        }
        await Expect(page.Locator("#by-badge")).ToBeVisibleAsync();
        await ArrivedAsync(page);
        await EndsAsync(order);
        screen.Errors.ShouldBeEmpty();
        lead.Errors.ShouldBeEmpty();
    }

    /// <summary>The instruction opens as work is to begin; it begins as that is acknowledged.</summary>
    static async Task BeginsByInstructionAsync(IPage page, string order)
    {
        await ScanAsync(page, order);
        var card = CardOf(page, order);
        await card.Locator(".start").ClickAsync();
        await Expect(page.Locator(".written")).ToHaveTextAsync("Clamp it softly");
        await Expect(page.Locator(".instruction-text img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await ShouldBeFitAsync(page);
        await page.ClickAsync("#understood");
        await Expect(card.Locator($"[data-operator={Operator}] .timer")).ToBeVisibleAsync();
        await ArrivedAsync(page);
    }

    static async Task JoinAsync(IPage page)
    {
        await page.ClickAsync("#add-person");
        await page.ClickAsync("#by-badge");
        await page.FillAsync("#badge", "BADGE-126");
        await page.ClickAsync("#go");
        await page.FillAsync("#pin", "2468");
        await page.ClickAsync("#go");
        await Expect(page.Locator($"[data-person={Second}]")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    static async Task ReportAsync(IPage page, ILocator card, string pieces)
    {
        await card.Locator(".report").ClickAsync();
        await page.ClickAsync($"[data-key='{pieces}']");
        await page.ClickAsync("#send");
        await ArrivedAsync(page);
    }

    /// <summary>The foreman answers at the desk, and it is seen at the terminal.</summary>
    async Task CallsForHelpAsync(IPage page, string unit, string language, string come, string dealtWith)
    {
        var call = page.Locator("[data-call=Quality]");
        await page.ClickAsync("#call");
        await page.ClickAsync("[data-value=Quality]");
        await ArrivedAsync(page);
        await using var desk = await Plant.OpenAsAsync("foreman", language);
        await desk.Page.GotoAsync("/floor");
        await desk.Page.GetByRole(AriaRole.Tab).Nth(1).ClickAsync();
        await AnswerAsync(come);
        await Expect(call).ToHaveAttributeAsync("data-status", "Acknowledged");
        await AnswerAsync(dealtWith);
        await Expect(call).ToHaveCountAsync(0);
        desk.Errors.ShouldBeEmpty();

        async Task AnswerAsync(string verb)
        {
            var button = new LocatorGetByRoleOptions { Name = verb, Exact = true };
            var row = desk.Page.Locator("tr[data-index]", new()
            {
                HasText = unit, Has = desk.Page.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true })
            });
            await row.GetByRole(AriaRole.Button, button).ClickAsync();
            await desk.Page.Locator(".ant-drawer").GetByRole(AriaRole.Button, button).ClickAsync();
        }
    }

    /// <summary>Five pieces of two people, whose work is over and was ended by themselves.</summary>
    async Task EndsAsync(string order)
    {
        var work = (await Plant.GetAsync($"{Api}/work?sort=StartedAt&descending=true&size=50")).GetProperty("items")
            .EnumerateArray().Where(one => one.GetProperty("order").GetString() == order).ToList();
        work.Select(one => one.GetProperty("operator").GetString()).Order().ShouldBe([Operator, Second]);
        work.ShouldAllBe(one => one.GetProperty("endedBy").GetString() == "Finished");
        var pieces = (await Plant.GetAsync($"{Api}/piece-work?order={order}")).GetProperty("items").EnumerateArray()
            .ToDictionary(one => one.GetProperty("operator").GetString()!, one => one.GetProperty("good").GetDecimal());
        (pieces[Operator], pieces[Second]).ShouldBe((3, 2));
        var readings = (await Plant.GetAsync($"{Api}/instructions/readings?routing={order}")).GetProperty("items");
        readings.EnumerateArray().Count(one => one.GetProperty("reading").GetString() == "Understood").ShouldBe(2);
    }

    /// <summary>An order of ten pieces, whose instruction is to be understood before it is begun.</summary>
    async Task OrderAsync(string code)
    {
        await Plant.UnitAsync(code);
        await Plant.DefineAsync(code, Orders.StepAt(code),
            policies: new { acknowledgement = "Understood", qualification = "Off" });
        var file = await Plant.PostAsync($"{Api}/routings/{code}/operations/turn/instruction/files",
            new { name = "clamp.png", content = Picture });
        await Plant.PutAsync($"{Api}/routings/{code}/operations/turn/instruction",
            new { text = "Clamp it softly", files = new[] { file.GetProperty("id").GetString() } });
        await Plant.ReleasedAsync(code, 10);
    }
}
